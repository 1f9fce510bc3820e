"""Who speaks: names and offices from labels, one person under several labels, corrections."""

import pytest

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.corrections import Corrections, parse_speakers, read_speakers
from asdelivered.transcripts.structure.speakers.roster import list_speakers, read_label


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("NATO Secretary General Mark Rutte", "Mark Rutte", "NATO Secretary General"),
        ("Rosa Balfour, Director Carnegie Europe", "Rosa Balfour", "Director Carnegie Europe"),
        (
            "President of the European Commission Ursula von der Leyen",
            "Ursula von der Leyen",
            "President of the European Commission",
        ),
        (
            "EU High Representative for Foreign Affairs Kaja Kallas",
            "Kaja Kallas",
            "EU High Representative for Foreign Affairs",
        ),
        ("Oana Lungescu (NATO Spokesperson)", "Oana Lungescu", "NATO Spokesperson"),
        ("The SPEAKER pro tempore (Ms. DELACROIX)", "Ms. DELACROIX", "The SPEAKER pro tempore"),
        ("Président de la République, Étienne Vasseur", "Étienne Vasseur", "Président de la République"),
        ("Präsidentin Dr. Ilse Brandhorst", "Ilse Brandhorst", "Präsidentin"),
        ("Meryem Yıldız (Grüne)", "Meryem Yıldız", "Grüne"),
        ("Mme Hélène Kerbrat", "Hélène Kerbrat", None),
        (
            "The Vice-President and Minister for Home Affairs (Mr. Hale)",
            "Mr. Hale",
            "The Vice-President and Minister for Home Affairs",
        ),
        ("The Clerk of the National Assembly (Ms. Reed)", "Ms. Reed", "The Clerk of the National Assembly"),
        (
            "The Member of Parliament for West Haven (Prof. Olde)",
            "Prof. Olde",
            "The Member of Parliament for West Haven",
        ),
        ("The Clerk of the National Assembly", "The Clerk of the National Assembly", None),
        ("El conseller de Ports", "El conseller de Ports", None),
        ("Mr. Hale (Westhaven)", "Mr. Hale", "Westhaven"),
        ("MR. SMITH", "MR. SMITH", None),
        ("Councillor Prosser", "Prosser", "Councillor"),
        ("RUTTE", "RUTTE", None),
        ("Chair", "Chair", None),
        ("Question from the audience", "Question from the audience", None),
    ],
)
def test_a_label_taken_apart(label: str, name: str, role: str | None) -> None:
    person = read_label(label)
    assert (person.name, person.role) == (name, role)


def roster(*labels: str, corrections: Corrections | None = None) -> dict[str, tuple[str, ...]]:
    text = "".join(f"{label}:\nThis is what I say.\n\n" for label in labels * 2)
    page = parse_transcript(text, path="", sha256="", language="en", corrections=corrections)
    return {speaker.name: speaker.labels for speaker in list_speakers(page)}


@pytest.mark.parametrize(
    ("labels", "people"),
    [
        (("Mark Rutte, NATO Secretary General", "RUTTE", "Mark RUTTE", "M. Rutte"), 1),
        (("Volodymyr Zelenskyy", "Volodymyr Zelensky"), 1),
        (("Recep Tayyip Erdoğan", "President Erdogan"), 1),
        (("Ursula von der Leyen", "Von der Leyen", "President von der Leyen"), 1),
        (("NATO Secretary General Mark Rutte", "Secretary General"), 1),
        (("John Smith", "Joan Smith"), 2),
        (("John Smith", "Ann Smith", "Smith"), 3),
        (("President Biden", "The President", "President Zelenskyy"), 3),
        (("Moderator", "Question"), 2),
    ],
)
def test_the_same_person_under_several_labels(labels: tuple[str, ...], people: int) -> None:
    found = roster(*labels)
    assert len(found) == people
    assert sorted(label for group in found.values() for label in group) == sorted(labels)


def test_counts() -> None:
    page = parse_transcript(
        "Ann Hill:\nOne two – three.\n[laughter]\n\nBob Ray:\nFour [inaudible].\n\nAnn Hill:\nFive.\nSix.\n",
        path="",
        sha256="",
        language="en",
    )
    ann, bob = list_speakers(page)
    assert (ann.name, ann.turns, ann.words, ann.first_line) == ("Ann Hill", 2, 5, "L0002")
    assert (bob.name, bob.turns, bob.words, bob.first_line) == ("Bob Ray", 1, 1, "L0006")


SPEAKERS = """\
# who speaks
Mark Rutte, NATO Secretary General = SG; The boss

Rosa Balfour
- North Korea
"""


def test_corrections() -> None:
    corrections = parse_speakers(SPEAKERS, "speakers.txt")
    page = parse_transcript(
        "SG\nThank you.\n\nNorth Korea\nis far.\n\nThe Boss:\nIt is.\n\nRosa Balfour\nWell.\n\nNorth Korea\nagain.\n",
        path="",
        sha256="",
        language="en",
        corrections=corrections,
    )
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        ("Mark Rutte", "Thank you."),
        ("Mark Rutte", "North Korea"),
        ("Mark Rutte", "is far."),
        ("Mark Rutte", "It is."),
        ("Rosa Balfour", "Well."),
        ("Rosa Balfour", "North Korea"),
        ("Rosa Balfour", "again."),
    ]
    assert [(speaker.name, speaker.role) for speaker in list_speakers(page, corrections.roles)] == [
        ("Mark Rutte", "NATO Secretary General"),
        ("Rosa Balfour", None),
    ]


def test_files_of_speakers_that_cannot_be_read(tmp_path) -> None:
    file = tmp_path / "speakers.txt"
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_speakers(file)
    file.write_bytes(b"Zo\xeb")
    with pytest.raises(TranscriptError, match="UTF-8"):
        read_speakers(file)
    file.write_text("Ann Hill\n, Director = Ann\n")
    with pytest.raises(TranscriptError, match="line 2, names nobody"):
        read_speakers(file)
