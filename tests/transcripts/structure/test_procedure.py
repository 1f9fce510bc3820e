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
    assert not begins_contacts("Contacts between us never broke off.")
