"""What stands between turns and looks like no speech is left to the recording; without labels it is speech."""

import pytest

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.doubts import DoubtKind, find_doubts

TURNS = (
    "Ann Hill: The road is open.\n\n{between}\n\nTom Hale: Thank you, Ann.\n\n"
    "Ann Hill: In July, I think.\n\nTom Hale: Good.\n"
)
JAPANESE = (
    "知事：道路が開通します。\n\n{between}\n\n記者：いつですか。\n\n知事：七月です。\n\n記者：なぜですか。\n"
)


def page(text: str, language: str = "en") -> Transcript:
    return parse_transcript(text, path="", sha256="", language=language)


def kind_of(shown: Transcript, text: str) -> tuple[LineKind, bool]:
    line = next(line for turn in shown.turns for line in turn.lines if line.text == text)
    return line.kind, line.optional > 0


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        ("THE HARBOUR ROAD", LineKind.HEADING),
        ("(The members went to the windows and looked at the snow for a while.)", LineKind.NOTE),
    ],
)
def test_what_only_its_place_marks_is_left_to_the_recording(between: str, kind: LineKind) -> None:
    shown = page(TURNS.format(between=between))
    assert kind_of(shown, between) == (kind, True)
    assert DoubtKind.HEADING in {doubt.kind for doubt in find_doubts(shown) if doubt.line.text == between}


@pytest.mark.parametrize(
    "said", ["WE WILL NOT GIVE UP.", "Ladies and gentlemen", "(inaudible)", "It was late,"]
)
def test_what_may_be_speech_stays_so(said: str) -> None:
    kind, _ = kind_of(page(TURNS.format(between=said)), said)
    assert kind is LineKind.SPOKEN


def test_a_page_in_capitals_has_no_headings_in_capitals() -> None:
    shown = page(TURNS.format(between="AND NOW TO THE QUESTIONS FROM THE FLOOR OF THIS HOUSE").upper())
    assert kind_of(shown, "AND NOW TO THE QUESTIONS FROM THE FLOOR OF THIS HOUSE")[0] is LineKind.SPOKEN


def test_capitals_within_a_turn_are_spoken() -> None:
    shown = page(TURNS.format(between="NO MORE WAR\n\nThat is what I say."))
    assert kind_of(shown, "NO MORE WAR")[0] is LineKind.SPOKEN


def test_a_short_line_without_capitals_right_above_a_label_is_a_heading() -> None:
    assert kind_of(page(JAPANESE.format(between="冒頭発言"), "ja"), "冒頭発言") == (LineKind.HEADING, True)
    assert (
        kind_of(page(JAPANESE.format(between="以上が要点です。"), "ja"), "以上が要点です。")[0]
        is LineKind.SPOKEN
    )
