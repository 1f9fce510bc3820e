"""Labels that share their line with speech, in the shapes of many institutions, and what only looks like one."""

import pytest

from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.page import read_page


def spoken(text: str) -> list[tuple[str | None, str]]:
    page = parse_transcript(text, path="", sha256="", language="en")
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q: Why?\nA: Because.\nQ: And then?\n", ["Q", "A", "Q"]),
        ("Q.  Why?\nA.  Because.\n", ["Q", "A"]),
        ("Q\tWhy?\nMS. HILL:  Because.\nQ\tWhen?\n", ["Q", "MS. HILL", "Q"]),
        ("F: Warum?\nA: Darum.\n", ["F", "A"]),
        ("P.- ¿Por qué?\nR.- Porque sí.\n", ["P", "R"]),
        ("D. Perché?\nR. Perché no.\n", ["D", "R"]),
        ("PRESIDENTE.- Buenos días.\nMINISTRA.- Gracias.\n", ["PRESIDENTE", "MINISTRA"]),
        ("MR. SMITH. I rise to speak.\nThe SPEAKER. Without objection.\n", ["MR. SMITH", "The SPEAKER"]),
        ("Mrs. O'BRIEN. No.\nMr. VAN DYKE. Yes.\n", ["Mrs. O'BRIEN", "Mr. VAN DYKE"]),
        ("JOHN SMITH – Yes.\nANN HILL – No.\n", ["JOHN SMITH", "ANN HILL"]),
        ("M. Jean Dupont. – Merci.\nMme Anne Roux. – De rien.\n", ["M. Jean Dupont", "Mme Anne Roux"]),
        ("Le président : Bonjour.\nM. Dupont : Merci.\n", ["Le président", "M. Dupont"]),
        (
            "[00:00:05] Ann Hill: Hello.\n[00:00:09] Bob Ray: Hi.\n[00:01:00] Ann Hill: So.\n",
            ["Ann Hill", "Bob Ray", "Ann Hill"],
        ),
        ("Speaker 1 (00:05): Hello.\nSpeaker 2 (00:09): Hi.\n", ["Speaker 1", "Speaker 2"]),
        (
            "Ann Hill  00:05\nHello.\n\nBob Ray  00:09\nHi.\n\nAnn Hill  01:00\nSo.\n\nBob Ray  01:05\nYes.\n",
            ["Ann Hill", "Bob Ray"] * 2,
        ),
        (">> MAYOR: Thank you.\n>> COUNCILLOR HILL: Sure.\n", ["MAYOR", "COUNCILLOR HILL"]),
        (">> So it is.\n>> No, it is not.\n", [None, None]),
        (
            "Q12 Ann Hill: Why?\nBob Ray: Because.\nQ13 Ann Hill: When?\nBob Ray: Now.\n",
            ["Ann Hill", "Bob Ray"] * 2,
        ),
        ("[Moderator:] Welcome.\n[Question:] Why?\n", ["Moderator", "Question"]),
        ("Chair: Order.\nDr Ann Hill: Thank you.\n", ["Chair", "Dr Ann Hill"]),
        ("Marszałek: Dziękuję.\nPoseł Jan Dudek: Proszę.\n", ["Marszałek", "Poseł Jan Dudek"]),
        (
            "StS Hebel: Guten Tag.\nZusatzfrage: Und nun?\nStS Hebel: Nichts.\n",
            ["StS Hebel", "Zusatzfrage", "StS Hebel"],
        ),
        (
            "Macron: Oui.\nLe Pen: Non.\nMacron: Si.\nLe Pen: Non.\nMacron: Bon.\nLe Pen: Bon.\n",
            ["Macron", "Le Pen"] * 3,
        ),
    ],
)
def test_shapes_of_labels(text: str, speakers: list[str | None]) -> None:
    assert [speaker for speaker, _ in spoken(text)] == speakers
    assert not any(line.startswith(("Q", ">>", "[")) for _, line in spoken(text))


@pytest.mark.parametrize(
    "text",
    [
        "I want to be clear: we are ready.\nRemember: it is late.\nThere are two ways: this and that.\n",
        "A. Smith said so. And B. Jones agreed.\nWe went home.\n",
        "We met on Monday - all of us.\nIt was late - very late.\n",
        "This is the U.S. Army.\nThat is the U.N. Charter. We keep it.\n",
        "NATO. The Alliance.\nIt is 75 years old.\n",
        "Ladies and Gentlemen: welcome.\nDear Friends: thank you.\n",
        "At 10:30 we begin.\nAt 11:45 we end.\n",
        "Yes: I know.\n",
        "Plooij-van Gorsel and Jean-Luc came.\nSo did Anna-Lena - at last.\n",
    ],
)
def test_what_only_looks_like_a_label(text: str) -> None:
    assert spoken(text) == [(None, line) for line in text.splitlines()]


def bold(text: str, length: int) -> Row:
    return Row(text + "\n", marks=(Mark(0, length, Style.BOLD),))


def test_names_in_bold_print() -> None:
    rows = (
        bold("Ann Hill Thank you.", 8),
        Row("And welcome.\n"),
        bold("Bob Ray: Thank you, Ann.", 8),
        bold("No more.", 2),
    )
    page = read_page(Document(rows), "en")
    assert [
        (turn.speaker, line.text)
        for turn in page.turns
        for line in turn.lines
        if line.kind is LineKind.SPOKEN
    ] == [
        ("Ann Hill", "Thank you."),
        ("Ann Hill", "And welcome."),
        ("Bob Ray", "Thank you, Ann."),
        ("Bob Ray", "No more."),
    ]
