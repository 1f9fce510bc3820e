"""What changed is aligned again, and nothing else, on the bundled example."""

from dataclasses import replace
from pathlib import Path

import pytest

from asdelivered.align.aligner import align
from asdelivered.align.changes import CONTEXT, kept_lines, parts_to_align
from asdelivered.align.document.alignment import AlignedLine, Alignment, Status
from asdelivered.align.document.pins import Pin
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.errors import AlignError
from asdelivered.align.pinning import NO_PINS, resolve_pins
from asdelivered.align.realignment import align_again
from asdelivered.align.script import write_script
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Line, Transcript
from asdelivered.transcripts.read import read_transcript

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class Heard(Observer):
    """Adds up the seconds that are listened to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def started(self, step: str, total: float) -> None:
        if step == "listening":
            self.seconds += total


@pytest.fixture(scope="module")
def before(harbour: Transcript, harbour_sound: Recording) -> Alignment:
    return align(harbour, harbour_sound, 2, Observer())


def without(transcript: Transcript, gone: set[str]) -> Transcript:
    turns = (
        replace(turn, lines=tuple(line for line in turn.lines if line.id not in gone))
        for turn in transcript.turns
    )
    return replace(transcript, turns=tuple(turns))


def spoken(transcript: Transcript) -> list[Line]:
    return [line for _, line in transcript.spoken_lines()]


def by_id(alignment: Alignment) -> dict[str, AlignedLine]:
    return {line.id: line for line in alignment.lines}


def off(line: AlignedLine, other: AlignedLine) -> int:
    """Milliseconds between the starts or the ends of two lines, whichever are farther apart."""
    if line.span == other.span:
        return 0
    assert line.span is not None
    assert other.span is not None
    return max(abs(line.span.start - other.span.start), abs(line.span.end - other.span.end))


def test_nothing_is_computed_where_nothing_changed(
    before: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    heard = Heard()
    again = align_again(before, harbour, harbour_sound, (), 1, heard)
    assert heard.seconds == 0
    assert replace(again, created=before.created) == before


def test_a_pin_moves_its_line_and_no_line_beyond_the_sure_ones(
    before: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    line = before.lines[12]
    assert line.span is not None
    heard = Heard()
    pin = Pin(line.id, line.text, start=line.span.start + 120)
    again = align_again(before, harbour, harbour_sound, [pin], 2, heard)
    moved = by_id(again)[line.id]
    assert moved.span is not None
    assert moved.span.start == pin.start
    assert moved.words[0].confidence == 1.0
    assert again.lines[:9] == before.lines[:9]
    assert again.lines[16:] == before.lines[16:]
    assert max(off(*pair) for pair in zip(again.lines[9:12], before.lines[9:12], strict=True)) <= 120
    assert 0 < heard.seconds < harbour_sound.duration / 2000
    # The same pin once more is kept already; without it the line goes back to where it was heard.
    unheard = Heard()
    assert align_again(again, harbour, harbour_sound, [pin], 2, unheard).lines == again.lines
    assert unheard.seconds == 0
    back = align_again(again, harbour, harbour_sound, (), 2, Observer())
    assert off(by_id(back)[line.id], line) <= 20


class OtherSphinx(Sphinx):
    """Hears as the embedded engine does, by another name."""

    name = "other"  # type: ignore[assignment]


def test_each_line_has_the_engine_that_timed_it(
    before: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    line = before.lines[12]
    assert line.span is not None
    pin = Pin(line.id, line.text, start=line.span.start + 120)
    other = OtherSphinx(EngineOptions())
    again = align_again(before, harbour, harbour_sound, [pin], 2, Observer(), engine=other)
    assert again.engine.name == "sphinx,other"
    assert again.engine.version == ",".join([other.version()] * 2)
    assert again.engine.settings["sphinx.lw"] == again.engine.settings["other.lw"] == 4.0
    by = [line.engine for line in again.lines if line.span]
    assert by[12] == "other"
    assert by[:9] == ["sphinx"] * 9
    assert set(by) == {"sphinx", "other"}
    # Once more by the first of them: both are still told, and no engine twice.
    back = align_again(again, harbour, harbour_sound, (), 2, Observer())
    assert back.engine == again.engine
    assert by_id(back)[line.id].engine == "sphinx"


def test_accepting_a_line_computes_nothing(
    before: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    line = before.lines[5]
    assert line.span is not None
    assert line.words[0].span is not None
    assert line.words[-1].span is not None
    pin = Pin(line.id, start=line.words[0].span.start, end=line.words[-1].span.end)
    heard = Heard()
    accepted = align_again(before, harbour, harbour_sound, [pin], 1, heard).lines[5]
    assert heard.seconds == 0
    assert accepted.span == line.span
    assert accepted.words[0].confidence == accepted.words[-1].confidence == 1.0
    assert accepted.confidence is not None
    assert line.confidence is not None
    assert accepted.confidence >= line.confidence


def test_a_line_that_comes_back_is_found_where_it_was(
    before: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    gone = spoken(harbour)[20].id
    lacking = align_again(before, without(harbour, {gone}), harbour_sound, (), 2, Observer())
    assert gone not in by_id(lacking)
    span = by_id(before)[gone].span
    assert span is not None
    assert sum(one.overlap(span) for one in lacking.untranscribed) > 0.8 * span.duration
    heard = Heard()
    again = align_again(lacking, harbour, harbour_sound, (), 2, heard)
    assert off(by_id(again)[gone], by_id(before)[gone]) <= 30
    assert not any(one.overlap(span) > 300 for one in again.untranscribed)
    assert heard.seconds < 0.6 * harbour_sound.duration / 1000
    assert [line.id for line in again.lines] == [line.id for line in before.lines]
    for line in again.lines:
        if line.span is not None:
            assert off(line, by_id(before)[line.id]) <= 30


def test_an_edited_word_is_found_and_a_line_pinned_as_unspoken_has_no_time(
    before: Alignment, harbour: Transcript, harbour_sound: Recording, tmp_path: Path
) -> None:
    page = (EXAMPLES / "harbour.txt").read_text(encoding="utf-8")
    line = before.lines[22]
    first, _, rest = line.text.partition(" ")
    assert line.text in page
    (tmp_path / "harbour.txt").write_text(page.replace(line.text, f"{first} umbrella {rest}"), "utf-8")
    edited = read_transcript(tmp_path / "harbour.txt")
    unsaid = Pin(before.lines[8].id, unspoken=True)
    again = align_again(before, edited, harbour_sound, [unsaid], 2, Observer())
    assert again.lines[22].text == f"{first} umbrella {rest}"
    assert off(again.lines[22], line) <= 30
    assert again.lines[22].words[1].status is not Status.MATCHED
    assert (again.lines[8].status, again.lines[8].span) == (Status.UNSPOKEN, None)
    assert again.transcript.sha256 == edited.sha256


def test_more_than_half_is_all(before: Alignment, harbour: Transcript, harbour_sound: Recording) -> None:
    heard = Heard()
    ids = [line.id for line in before.lines]
    again = align_again(before, harbour, harbour_sound, (), 2, heard, anew=ids)
    assert heard.seconds == harbour_sound.duration / 1000
    assert again.lines == before.lines


def test_another_recording_is_refused(
    before: Alignment, harbour: Transcript, harbour_sound: Recording, tmp_path: Path
) -> None:
    other = tmp_path / "other.opus"
    other.write_bytes((EXAMPLES / "harbour.opus").read_bytes() + b"x")
    with pytest.raises(AlignError, match="not one of"):
        align_again(
            before, harbour, replace(open_recording(EXAMPLES / "harbour.opus"), path=other), (), 1, Observer()
        )


def test_a_part_reaches_to_the_pins_around_a_change(before: Alignment, harbour: Transcript) -> None:
    script = write_script(harbour)
    doubtful = replace(
        before, lines=tuple(replace(line, confidence=0.5) if line.span else line for line in before.lines)
    )
    timed = {number: line for number, line in enumerate(before.lines) if line.span}
    left, right = timed[10], timed[25]
    assert left.words[-1].span is not None
    assert right.words[0].span is not None
    pins = [Pin(left.id, end=left.words[-1].span.end), Pin(right.id, start=right.words[0].span.start)]
    fixed = resolve_pins(pins, script)
    (part,) = parts_to_align(
        kept_lines(doubtful, script, fixed, {before.lines[15].id}), script, fixed, before.recording.duration
    )
    assert (part.first, part.last) == (11, 25)
    # Without pins and sure lines nothing bounds it.
    lines = kept_lines(doubtful, script, NO_PINS, {before.lines[15].id})
    (part,) = parts_to_align(lines, script, NO_PINS, before.recording.duration)
    assert (part.first, part.last) == (0, len(before.lines))
    assert part.span.duration == before.recording.duration > CONTEXT
