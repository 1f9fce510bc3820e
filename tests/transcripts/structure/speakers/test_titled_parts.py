"""Headings of parts beside the labels of those who speak, on pages in Markdown."""

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source
from asdelivered.transcripts.structure.page import read_page


def speakers(text: str) -> list[str | None]:
    """Return who speaks in each turn with speech, in order."""
    page = read_page(read_document(Source("page.md", text.encode()), "md")[1], "en")
    return [turn.speaker for turn in page.turns if any(line.kind == "spoken" for line in turn.lines)]


TALK = """---
title: The Quay
speakers:
- Mia Lund
---
{}## Harbour Fees

The fees pay for the quay. They were raised last year.

## Tide Tables

The tables were printed by hand until now.
"""


def test_headings_are_no_speakers_beside_labels_with_colons() -> None:
    turns = "".join(
        f"{name}: 00:0{at}:05\n\nWe spoke of the tide.\n\n## {part}\n\nThe tide comes in at noon.\n\n"
        for at, (name, part) in enumerate(
            [("Mia Lund", "Harbour Fees"), ("Tom Hale", "Tide Tables"), ("Mia Lund", "Ferry Lines")]
        )
    )
    assert speakers(turns) == ["Mia Lund", "Tom Hale", "Mia Lund"]


def test_headings_name_speakers_where_nothing_else_does() -> None:
    turn = "## {}, Director of the Port\n\nWe spoke of the tide. It comes in at noon.\n\n"
    page = "".join(map(turn.format, ["Mia Lund", "Tom Hale", "Mia Lund"]))
    assert [name.partition(",")[0] for name in speakers(page) if name] == ["Mia Lund", "Tom Hale", "Mia Lund"]


def test_the_only_speaker_of_the_front_matter_speaks_the_page() -> None:
    assert speakers(TALK.format("I come from the port.\n\n")) == ["Mia Lund"]


def test_the_only_speaker_speaks_until_the_questions() -> None:
    page = TALK.format("I come from the port.\n\n") + "\nQ: Who pays?\n\nA: The ferries do.\n" * 2
    assert speakers(page) == ["Mia Lund", "Q", "A", "Q", "A"]


def test_of_several_speakers_none_is_taken_for_the_one() -> None:
    page = TALK.replace("- Mia Lund", "- Mia Lund\n- Tom Hale").format("I come from the port.\n\n")
    assert speakers(page) == [None]


def test_speech_above_the_first_of_several_headings_stays_speech() -> None:
    text = TALK.replace("## ", "# ").format("I come from the port, and I will speak of its fees.\n\n")
    page = read_page(read_document(Source("page.md", text.encode()), "md")[1], "en")
    kinds = {line.text: line.kind for turn in page.turns for line in turn.lines}
    assert kinds["I come from the port, and I will speak of its fees."] == "spoken"
    assert kinds["Harbour Fees"] == "heading"


def test_rows_without_a_colon_among_labels_with_one_are_headings() -> None:
    turns = "".join(
        f"{name}: We should mend the wall, part {part}.\n\n"
        for part in range(6)
        for name in ("Ann Reed", "Tom Hale")
    )
    motions = "MOTION ON THE WALL\n\nTom Hale: I second it.\n\n"
    assert set(speakers(turns + motions + turns + motions)) == {"Ann Reed", "Tom Hale"}
    assert set(speakers(turns + "Look, I’m —\n\nNo.\n")) == {"Ann Reed", "Tom Hale"}
    assert "ANN REED" in speakers(turns + "ANN REED\n\nYes, I am here.\n\nANN REED\n\nStill.\n")


def test_a_title_above_a_label_within_its_row_is_none() -> None:
    text = "TRIBUTE TO ADMIRAL HALE\n\nMr. REED. Mr. Speaker, I rise.\n\nMs. LUND. I thank him.\n\nMr. REED. So do I.\n"
    assert speakers(text) == ["Mr. REED", "Ms. LUND", "Mr. REED"]
