"""Forms in which institutions and programs write who speaks, each with the speech that a page in it has."""

import pytest

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript

LETTERS_AND_TABS = (
    "Press conference on the harbour - 14 May 2026\n\nSpeaker key:\nTJ\tTarik Jass\nAR\tDr Anna Reed\nCA\tCarmen\n\n"
    "00:00:48\n\nTJ\tHello, everyone. Welcome.\n\n00:01:26\n\nAR\tThank you, Tarik.\n\n00:05:12\n\nCA\tWhen?\n\n"
    "00:05:40\n\nAR\tIn May.\n"
)
PARTICIPANTS_BELOW_THEIR_PART = (
    "Transcript of the April 2026 Harbour Press Briefing\n\nApril 14, 2026\n\nSpeakers:\n"
    "Piet Gour, Director, Port Department\nModerator:\nJo Hart, Communications Officer, Port\n\n* * *\n\n"
    "Mr. HART: Good morning.\n\nMr. GOUR: Thank you, Jo.\n\nQUESTIONER: When?\n\nMr. GOUR: Soon.\n"
)
TIMES_IN_WORDS = (
    "0:00\n0 seconds\nGood evening, everyone.\n0:02\n2 Sekunden\nWelcome to the harbour.\n"
    "1:05\n1 minute, 5 seconds\nThank you all.\n"
)
TWO_MARKS = (
    ">> ANNA REED: GOOD EVENING. WELCOME TO THE OLD HARBOUR OF WESTHAVEN.\n\n>> THANK YOU.\n\n"
    ">> TOM HALE: WE ARE GLAD TO BE HERE WITH ALL OF YOU TODAY.\n"
)
NUMBERS_ABOVE = (
    "2-012-0000\nPresident. – The next item is the debate on the ports.\n\n2-013-0000\n"
    "Anna Reed, on behalf of the S&D Group. – Madam President, ports matter.\n\n2-014-0000\n"
    "Tomasz Hal (PPE). – It took 2-013 days.\n"
)
SENATORS = (
    "CHAIRMAN: The committee will come to order.\n\nSenator REED. Thank you. My question: who paid?\n\n"
    "Mr. HALE. We did.\n\nSenator REED. How much?\n\nMr. HALE. $3 million.\n"
)
WHO_STOPPED = (
    "Harbour Board Meeting\nMay 14, 2026, 8:02AM\n23m 14s\n\nAnna Reed started transcription\n\nAnna Reed   0:03\n"
    "Good morning.\n\nTom Hale   0:09\nYes, please.\n\nAnna Reed   0:12\nFirst: the ferry.\n\n"
    "Anna Reed stopped transcription\n"
)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        (
            LETTERS_AND_TABS,
            [
                ("Tarik Jass", "Hello, everyone. Welcome."),
                ("Dr Anna Reed", "Thank you, Tarik."),
                ("Carmen", "When?"),
                ("Dr Anna Reed", "In May."),
            ],
        ),
        (
            PARTICIPANTS_BELOW_THEIR_PART,
            [
                ("Mr. HART", "Good morning."),
                ("Mr. GOUR", "Thank you, Jo."),
                ("QUESTIONER", "When?"),
                ("Mr. GOUR", "Soon."),
            ],
        ),
        (
            TIMES_IN_WORDS,
            [(None, "Good evening, everyone."), (None, "Welcome to the harbour."), (None, "Thank you all.")],
        ),
        (
            TWO_MARKS,
            [
                ("ANNA REED", "GOOD EVENING. WELCOME TO THE OLD HARBOUR OF WESTHAVEN."),
                (None, "THANK YOU."),
                ("TOM HALE", "WE ARE GLAD TO BE HERE WITH ALL OF YOU TODAY."),
            ],
        ),
        (
            NUMBERS_ABOVE,
            [
                ("President", "The next item is the debate on the ports."),
                ("Anna Reed, on behalf of the S&D Group", "Madam President, ports matter."),
                ("Tomasz Hal (PPE)", "It took 2-013 days."),
            ],
        ),
        (
            SENATORS,
            [
                ("CHAIRMAN", "The committee will come to order."),
                ("Senator REED", "Thank you. My question: who paid?"),
                ("Mr. HALE", "We did."),
                ("Senator REED", "How much?"),
                ("Mr. HALE", "$3 million."),
            ],
        ),
        (
            WHO_STOPPED,
            [
                ("Anna Reed", "Good morning."),
                ("Tom Hale", "Yes, please."),
                ("Anna Reed", "First: the ferry."),
            ],
        ),
    ],
)
def test_who_says_what(text: str, spoken: list[tuple[str | None, str]]) -> None:
    assert [(turn.speaker, line.text) for turn, line in read(text).spoken_lines()] == spoken


def test_the_title_of_a_record_without_a_name() -> None:
    assert read(PARTICIPANTS_BELOW_THEIR_PART).title == "Transcript of the April 2026 Harbour Press Briefing"


def test_one_more_label_in_capitals_may_be_an_abbreviation() -> None:
    page = read(
        "MS. DOE: Good day.\n\nQ    When will it come?\n\nMS. DOE: Soon.\n\nAIDE: Last one.\n\nMS. DOE: By sea.\n"
    )
    (label,) = [
        line for turn in page.turns for line in turn.lines if line.kind is LineKind.SPEAKER and line.optional
    ]
    assert label.text == "AIDE:"


def test_below_a_time_numbers_stay_spoken() -> None:
    said = [
        line.text
        for _, line in read("0:02\n3 ships came.\n0:05\n5 of them.\n0:09\n9 in all.\n").spoken_lines()
    ]
    assert said == ["3 ships came.", "5 of them.", "9 in all."]


def read(text: str) -> Transcript:
    return parse_transcript(text, path="", sha256="", language="en")


def test_place_and_date_below_the_occasion() -> None:
    page = parse_transcript(
        "Intervento del Presidente Rossi in occasione della cerimonia\n\nPalazzo del Porto, 14/05/2026\n\n"
        "Rivolgo un saluto a tutti.\n\nIl porto è aperto.\n",
        path="",
        sha256="",
        language="it",
    )
    assert str(page.date) == "2026-05-14"
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        ("Presidente Rossi", "Rivolgo un saluto a tutti."),
        ("Presidente Rossi", "Il porto è aperto."),
    ]
