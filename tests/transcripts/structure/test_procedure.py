"""What a record tells of the proceedings is not taken as speech, and speech is not taken for it."""

import pytest

from asdelivered.transcripts.structure.procedure import begins_contacts, has_leader, is_procedure


@pytest.mark.parametrize(
    "text",
    [
        "The meeting was called to order at 10.05 a.m.",
        "The House rose at 7 p.m.",
        "Sitting suspended.",
        "Question put and agreed to.",
        "The agenda was adopted.",
        "This interview was conducted in Spanish.",
        "Bill accordingly read a Second time.",
        "Column 342",
        "The Secretary of State was asked—",
        "Several hon. Members rose—",
        "Die Sitzung wird um 10 Uhr durch die Präsidentin eröffnet.",
        "BY MS. GRANT:",
        "Se levanta la sesión a las once y diez minutos.",
        "La séance est levée à seize heures.",
        "La seduta termina alle 12.",
        "Es gilt das gesprochene Wort.",
        "Aplausos do PS.",
        "The interview was conducted in Spanish.",
        "The hearing ends in open session at 4.00 p.m.",
        "The SPEAKER (Hon. Tom Olde) took the chair at 09:00, and read prayers.",
        "At 3:05 p.m., the President called the session to order.",
        "Honourable members interjecting—",
        "On resuming—",
        "QUESTIONED BY MR OLDE:",
        "Questions from LEAD COUNSEL",
        "MS ANN HILL (affirmed)",
        "OLGA FINN, having been first duly sworn, was examined and testified as follows:",
        "ORAL ARGUMENT OF TOM OLDE",
        "ON BEHALF OF THE PETITIONER",
        "Het incident is gesloten.",
        "Transcription ended after 00:42:10",
        "This editable transcript was computer generated and might contain errors.",
        "午前九時開議",
        "午後0時15分散会",
    ],
)
def test_proceedings(text: str) -> None:
    assert is_procedure(text)


@pytest.mark.parametrize(
    "text",
    [
        "The meeting we had last week was good.",
        "La séance est ouverte.",
        "Se abre la sesión.",
        "The question put to me yesterday was a fair one, and I will answer it.",
        "Columns of tanks crossed the border.",
        "By Monday we shall know.",
        "Applause is not what we need.",
        "The meeting starts at nine.",
        "Questions from the chair are always hard.",
        "He was sworn in, and I was not.",
        "On behalf of the town, I thank you.",
        "The speaker took the chair and threw it.",
        "午前九時に始まります。",
        "",
        " ",
    ],
)
def test_speech(text: str) -> None:
    assert not is_procedure(text)


def test_leaders() -> None:
    assert has_leader("President: Ms. Hill . . . . . . . . (Guyana)")
    assert has_leader("Adoption of the agenda ........ 3")
    assert has_leader("Dr. Olde (Green)\t5645 D, 5648 B")
    assert has_leader("Second reading . . . 12")
    assert not has_leader("Well ..... I think we will.")
    assert not has_leader("我們......我們會做的。")
    assert not has_leader("And so on....")
    assert not has_leader("I don't know ... maybe ... yes.")


def test_contacts() -> None:
    assert begins_contacts("Press contacts:")
    assert begins_contacts("Related content")
    assert begins_contacts("DISCLAIMER: This is a translation.")
    assert not begins_contacts("Contacts between us never broke off.")
