"""Pins: read and written whole, found again in an edited text, kept to the millisecond by the whole main job."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment, Status
from asdelivered.align.document.pins import Pin, read_pins, write_pins
from asdelivered.align.errors import AlignError
from asdelivered.align.pinning import resolve_pins
from asdelivered.align.script import Script, write_script
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

TIMES = st.integers(0, 10_000_000)
PINS = st.one_of(
    st.builds(Pin, st.text(min_size=1), st.none() | st.text(), st.none() | st.integers(1, 99), TIMES),
    st.builds(Pin, st.text(min_size=1), st.none() | st.text(), unspoken=st.just(True)),
)


@given(st.lists(PINS, max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, pins: list[Pin]) -> None:
    path = tmp_path_factory.getbasetemp() / "pins.json"
    write_pins(pins, path)
    assert read_pins(path) == tuple(pins)


def test_a_plain_object_of_lines_and_words_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pins.json"
    path.write_text('{"L0012": 14.5, "L0012/3": 15.25}')
    assert read_pins(path) == (Pin("L0012", start=14_500), Pin("L0012", word=3, start=15_250))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not JSON"),
        ("[1]", "at the root"),
        ('{"schema": "asdelivered/pins", "version": 1, "pins": [{"line": "L1"}]}', "/pins/0"),
        (
            '{"schema": "asdelivered/pins", "version": 1, "pins": [{"line": "L1", "start": -1}]}',
            "/pins/0/start",
        ),
        ('{"L1": "soon"}', "/pins/0/start"),
        (
            '{"schema": "asdelivered/pins", "version": 1, "pins": [{"line": "L1", "start": 2, "end": 1}]}',
            "ends before",
        ),
        ('{"schema": "asdelivered/pins", "version": 9, "pins": []}', "/version"),
    ],
)
def test_what_is_no_pins_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "pins.json"
    path.write_text(content)
    with pytest.raises(AlignError, match=told) as caught:
        read_pins(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match="cannot be read"):
        read_pins(tmp_path / "nowhere.json")


def script_of(*lines: str) -> Script:
    return write_script(
        parse_transcript("".join(f"{line}\n" for line in lines), path="p", sha256="0" * 64, language="en")
    )


FIRST, SECOND = "Every boat keeps its place in the harbour.", "We can do it again, and so we will."


def test_a_pin_is_found_by_what_its_line_says() -> None:
    pin = Pin("L0001", SECOND, start=5_000)
    assert resolve_pins([pin], script_of(SECOND)).starts == {0: 5_000}
    assert resolve_pins([pin], script_of(FIRST, SECOND)).starts == {8: 5_000}
    assert resolve_pins([pin], script_of(FIRST, "We can do it again, and now we will.")).starts == {8: 5_000}
    gone = resolve_pins([pin], script_of(FIRST))
    assert (gone.starts, gone.lost) == ({}, (pin,))


def test_of_lines_that_say_the_same_it_is_the_one_with_the_id() -> None:
    again = script_of(SECOND, FIRST, SECOND)
    assert resolve_pins([Pin("L0003", SECOND, start=5_000)], again).starts == {17: 5_000}
    assert resolve_pins([Pin("L0001", SECOND, start=5_000)], again).starts == {0: 5_000}


@pytest.mark.parametrize(
    "pins",
    [
        [Pin("L0001", start=5_000), Pin("L0002", start=4_000)],
        [Pin("L0001", end=5_000), Pin("L0002", start=4_000)],
        [Pin("L0001", start=5_000), Pin("L0001", unspoken=True)],
    ],
)
def test_pins_that_contradict_each_other_are_told(pins: list[Pin]) -> None:
    with pytest.raises(AlignError, match="contradict"):
        resolve_pins(pins, script_of(FIRST, SECOND))


def test_a_word_that_its_line_lacks_is_told() -> None:
    with pytest.raises(AlignError, match="has 8 words"):
        resolve_pins([Pin("L0001", word=9, start=1)], script_of(FIRST))


@pytest.fixture(scope="module")
def pinned(harbour: Transcript, harbour_sound: Recording) -> tuple[Alignment, list[Pin], Alignment]:
    """The example as it is, pins half a second beside the truth, and the example with them."""
    before = align(harbour, harbour_sound, 2, Observer())
    spoken = [line for line in before.lines if line.span]
    late, word, unsaid = spoken[3], spoken[6], spoken[9]
    assert late.span is not None
    assert word.words[2].span is not None
    pins = [
        Pin(late.id, late.text, start=late.span.start + 437),
        Pin(word.id, word.text, 3, word.words[2].span.start - 91, word.words[2].span.end - 13),
        Pin(unsaid.id, unsaid.text, unspoken=True),
    ]
    return before, pins, align(harbour, harbour_sound, 2, Observer(), pins=pins)


def test_pins_are_kept_exactly(pinned: tuple[Alignment, list[Pin], Alignment]) -> None:
    _, (late, word, unsaid), after = pinned
    lines = {line.id: line for line in after.lines}
    span = lines[late.line].span
    assert span is not None
    assert span.start == late.start
    first = lines[late.line].words[0].span
    assert first is not None
    assert first.start == late.start
    third = lines[word.line].words[2]
    assert third.span is not None
    assert (third.span.start, third.span.end) == (word.start, word.end)
    assert (third.status, third.confidence) == (Status.MATCHED, 1.0)
    assert lines[unsaid.line].span is None


def test_far_from_the_pins_nothing_moves(pinned: tuple[Alignment, list[Pin], Alignment]) -> None:
    before, pins, after = pinned
    near = [number for number, line in enumerate(before.lines) if line.id in {pin.line for pin in pins}]
    last = max(near)
    for one, other in zip(before.lines[last + 2 :], after.lines[last + 2 :], strict=True):
        assert [word.span for word in one.words] == [word.span for word in other.words]


def test_times_still_go_forward(pinned: tuple[Alignment, list[Pin], Alignment]) -> None:
    now = 0
    for line in pinned[2].lines:
        for word in line.words:
            if word.span:
                assert now <= word.span.start <= word.span.end
                now = word.span.end


def test_a_pin_beyond_the_end_is_told(harbour: Transcript, harbour_sound: Recording) -> None:
    line = next(line for _, line in harbour.spoken_lines())
    with pytest.raises(AlignError, match="ends at"):
        align(harbour, harbour_sound, 1, Observer(), pins=[Pin(line.id, start=9_000_000)])


def test_a_pins_file_is_json_that_a_person_can_read(tmp_path: Path) -> None:
    path = tmp_path / "pins.json"
    write_pins([Pin("L0001", FIRST, start=1_234)], path)
    assert json.loads(path.read_text())["pins"] == [{"line": "L0001", "text": FIRST, "start": 1.234}]


@pytest.mark.parametrize(
    "content",
    [
        '{"schema": "asdelivered/pins", "version": 1, "pins": [{"line": "\\ud800", "start": 1}]}',
        '{"\\ud800": 1.5}',
        '{"L0001": 1e999}',
        '{"L0001": NaN}',
        '{"L0001/' + "9" * 5_000 + '": 1.5}',
        "[" * 100_000,
        '{"schema": "asdelivered/pins", "version": 1, "pins": ' + '{"line":' * 50_000,
    ],
)
def test_what_no_pin_can_be_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pins.json"
    path.write_text(content)
    with pytest.raises(AlignError, match=r"pins\.json\b.* no(t a)? pins file") as error:
        read_pins(path)
    assert "\n" not in str(error.value)
