"""Where a line may break in a text that is written without blanks."""

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.fix import fix
from asdelivered.subtitles.cueing.units import Unit, parts_of, text_of, units_of
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style_file import named_style

NETFLIX = named_style("netflix")
CHINESE = (
    "渡轮今天不开，因为风太大了，港口也太小，谁也不知道它什么时候能够再次出海，请大家明天早上再来看看吧。"
)
JAPANESE = "風が強すぎるので、今日フェリーは出ません。いつまた出航できるかは、だれにもわかりません。"
MIXED = st.text(st.sampled_from("港口が、。「」ーっabc1 "), max_size=60)


@given(MIXED)
def test_no_character_is_lost(text: str) -> None:
    line = " ".join(text.split())
    assert text_of([(unit.text, unit.glued) for unit in units_of([line])]) == line


@given(st.text(st.characters(max_codepoint=0x2E7F)))
def test_other_scripts_break_at_blanks_alone(text: str) -> None:
    assert units_of([text]) == [Unit(word) for word in text.split()]


def test_marks_stay_with_their_characters() -> None:
    assert parts_of("「港」、口。") == ["「港」、", "口。"]
    assert parts_of("フェリーは") == ["フェ", "リー", "は"]
    assert parts_of("2026年に") == ["2026年", "に"]


def test_a_line_end_is_no_blank_between_characters() -> None:
    assert units_of(["港", "口"]) == [Unit("港"), Unit("口", glued=True)]
    assert units_of(["港", "a"]) == [Unit("港"), Unit("a")]


def test_sentences_without_blanks_are_broken_and_split() -> None:
    for text in (CHINESE, JAPANESE):
        fixed = fix([Cue(TimeSpan(0, 20_000), None, (text,))], NETFLIX, "zh")
        assert "".join(line for cue in fixed.cues for line in cue.lines) == text
        assert check(fixed.cues, NETFLIX) == ()
        assert all(cue.lines[-1][-1] in "，、。" for cue in fixed.cues)
