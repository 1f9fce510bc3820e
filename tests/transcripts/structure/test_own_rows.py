"""Labels of every shape on a row of their own; what people say there is none."""

import pytest

from asdelivered.transcripts.read import parse_transcript


def speakers(page: str, language: str = "en") -> list[str | None]:
    transcript = parse_transcript(page, path="", sha256="", language=language)
    return [turn.speaker for turn, _ in transcript.spoken_lines()]


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("Q.", "A.", ("Q", "A")),
        ("I:", "B:", ("I", "B")),
        ("Sr. Presidente (Hale).-", "Sra. Reed.-", ("Sr. Presidente (Hale)", "Sra. Reed")),
        ("Mr Speaker:", "Ms Reed:", ("Mr Speaker", "Ms Reed")),
        ("The PRESIDENT.", "Mr. HALE.", ("The PRESIDENT", "Mr. HALE")),
        ("A. Rīda (ZZS).", "T. Heils (JV).", ("A. Rīda (ZZS)", "T. Heils (JV)")),
    ],
)
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_labels(one: str, other: str, names: tuple[str, str], blank: str) -> None:
    turn = f"{one}{blank}We open the road in May.\n\n{other}{blank}Who pays for all of it?\n\n"
    assert speakers(turn * 2) == [*names, *names]


@pytest.mark.parametrize(
    "said", ["Señor director del Puerto:", "APPEARANCES:", "Thank you.", "NATO.", "So:", "First:"]
)
def test_what_may_be_said_is_no_label(said: str) -> None:
    page = f"MS REED: We open the road.\n\nMR HALE: Who pays?\n\n{said}\n\nThe port does.\n\nMS REED: Yes.\n"
    transcript = parse_transcript(page, path="", sha256="", language="en")
    assert said in [line.text.strip() for _, line in transcript.spoken_lines()]
