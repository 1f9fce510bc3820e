"""Gaps that one engine leaves, filled by the next where that is right, on the bundled example."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align.acoustic.features import LOUDNESS
from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.document.pins import NOTHING_FIXED, Fixed
from asdelivered.align.engines.engine import Chunk, Engine, EngineOptions, Setting, Task
from asdelivered.align.engines.several import Fallback
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.errors import AlignError
from asdelivered.align.fallback import fill, find_gaps
from asdelivered.align.heard_word import HeardWord
from asdelivered.align.lines import write_lines
from asdelivered.align.placement import Located, locate
from asdelivered.align.recognition import Listened, listen
from asdelivered.align.script import Script, ScriptToken, write_script
from asdelivered.align.untranscribed import untranscribed
from asdelivered.base.processes import processes
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

GAP = range(8, 12)
"""The lines that are taken out again of what was found; one of them was never said."""


@dataclass(frozen=True)
class Heard:
    script: Script
    listened: Listened
    located: Located


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with processes(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def heard(harbour: Transcript, harbour_sound: Recording, pool: Executor, tmp_path_factory: Any) -> Heard:
    script = write_script(harbour)
    task = Task(script, "en", pool, tmp_path_factory.mktemp("work"))
    listened = listen(Sphinx(EngineOptions()), task, harbour_sound, Observer())
    located = locate(pool, script, listened, NOTHING_FIXED, Observer())
    inside = [at for at, token in enumerate(script.tokens) if token.line in GAP]
    places = [place for at in inside if (place := located.tokens[at])]
    tokens = tuple(None if at in inside else place for at, place in enumerate(located.tokens))
    garbage = tuple(sorted([*located.garbage, *((place.start, place.end) for place in places)]))
    return Heard(script, listened, replace(located, tokens=tokens, garbage=garbage))


@dataclass
class Everything:
    """An engine that hears nothing: it lays all of the text over all of the sound, as aeneas does."""

    name: str = "everything"
    wants_samples: bool = True
    rough: int = 150
    seconds: float = 0.0

    def version(self) -> str:
        return "1"

    def settings(self) -> dict[str, Setting]:
        return {}

    def hear(self, task: Task, chunks: Iterable[Chunk], careful: bool) -> Iterator[list[HeardWord]]:
        kept = list(chunks)
        assert all(len(chunk.samples) == 160 * len(chunk.frames) for chunk in kept)
        self.seconds += sum(len(chunk.frames) for chunk in kept) / 100
        words = [word for token in task.script.tokens for word in token.spoken]
        begin, end = kept[0].start, kept[-1].start + len(kept[-1].frames)
        each = (end - begin) / len(words)
        starts = [begin + round(each * at) for at in range(len(words) + 1)]
        for chunk in kept:
            yield [
                HeardWord(word, start - chunk.start, stop - chunk.start)
                for word, (start, stop) in zip(words, pairwise(starts), strict=True)
                if chunk.start <= start < chunk.start + len(chunk.frames)
            ]


def filled(
    heard: Heard, sound: Recording, pool: Executor, folder: Path, engine: Engine, fixed: Fixed = NOTHING_FIXED
) -> tuple[tuple[AlignedLine, ...], tuple[AlignedLine, ...]]:
    """The lines before, and after `engine` was tried in their gaps."""
    lines = write_lines(heard.script, heard.located, fixed, heard.listened.frames[:, LOUDNESS])
    task = Task(heard.script, "en", pool, folder)
    fallbacks = [Fallback("everything", lambda: engine)]
    after, _ = fill("sphinx", fallbacks, task, sound, heard.listened, heard.located, lines, fixed, Observer())
    return lines, after


def test_a_gap_is_filled_where_its_text_is_said_and_nothing_else_is_touched(
    heard: Heard, harbour_sound: Recording, harbour_truth: dict[str, Any], pool: Executor, tmp_path: Path
) -> None:
    engine = Everything()
    before, after = filled(heard, harbour_sound, pool, tmp_path, engine)
    assert all(before[number].span is None for number in GAP)
    for number in GAP:
        line, true = after[number], harbour_truth["lines"][number]
        if not true["spoken"]:
            assert (line.span, line.engine) == (None, None)
            continue
        assert line.engine == "everything"
        assert line.span is not None
        assert abs(line.span.start - 1000 * true["start"]) <= 100
        assert abs(line.span.end - 1000 * true["end"]) <= 100
    others = [number for number in range(len(after)) if number not in range(GAP[0] - 1, GAP[-1] + 2)]
    assert [after[number] for number in others] == [before[number] for number in others]
    spans = [line.span for line in after if line.span]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    # It listened to the gap alone.
    length = harbour_truth["lines"][GAP[-1] + 1]["start"] - harbour_truth["lines"][GAP[0] - 1]["end"]
    assert engine.seconds <= length + 1


def test_text_of_something_else_stays_without_a_time(
    heard: Heard, harbour_sound: Recording, pool: Executor, tmp_path: Path
) -> None:
    other = parse_transcript(
        "Photosynthesis converts sunlight into chemical energy inside chloroplasts.\n"
        "Enzymes then assemble glucose molecules from carbon dioxide.\n"
        "Mitochondria release that stored potential through oxidative phosphorylation.\n"
        "Every membrane regulates which ions cross it.\n",
        path="biology.txt",
        sha256="0" * 64,
        language="en",
    )
    strange = write_script(other)
    first = next(at for at, token in enumerate(heard.script.tokens) if token.line == GAP[0])
    last = next(at for at, token in enumerate(heard.script.tokens) if token.line > GAP[-1])
    moved: tuple[ScriptToken, ...] = tuple(
        replace(token, line=token.line + GAP[0]) for token in strange.tokens if token.line < len(GAP)
    )
    assert len({token.line for token in moved}) == len(GAP)
    tokens = heard.script.tokens
    script = Script(
        (*heard.script.lines[: GAP[0]], *strange.lines[: len(GAP)], *heard.script.lines[GAP[-1] + 1 :]),
        (*tokens[:first], *moved, *tokens[last:]),
        heard.script.lexicon | strange.lexicon,
    )
    places = heard.located.tokens
    located = replace(
        heard.located,
        tokens=(*places[:first], *[None] * len(moved), *places[last:]),
        anchored=(*heard.located.anchored[:first], *[False] * len(moved), *heard.located.anchored[last:]),
    )
    engine = Everything()
    _, after = filled(Heard(script, heard.listened, located), harbour_sound, pool, tmp_path, engine)
    assert engine.seconds > 10
    assert [after[number].span for number in GAP] == [None] * len(GAP)


def unwanted() -> Engine:
    raise AssertionError("there is no gap for it")


def test_where_nobody_speaks_no_engine_is_asked(
    heard: Heard, harbour_sound: Recording, pool: Executor, tmp_path: Path
) -> None:
    silent = replace(heard.listened, speech=())
    lines = write_lines(heard.script, heard.located, NOTHING_FIXED, silent.frames[:, LOUDNESS])
    task = Task(heard.script, "en", pool, tmp_path)
    fallbacks = [Fallback("unwanted", unwanted)]
    after, _ = fill(
        "sphinx", fallbacks, task, harbour_sound, silent, heard.located, lines, NOTHING_FIXED, Observer()
    )
    assert after == lines


def test_what_a_person_said_was_not_spoken_is_no_gap(heard: Heard, harbour_sound: Recording) -> None:
    lines = write_lines(heard.script, heard.located, NOTHING_FIXED, heard.listened.frames[:, LOUDNESS])
    loudness = heard.listened.frames[:, LOUDNESS]
    speech = untranscribed(heard.located.garbage, heard.listened.speech, lines, loudness)
    duration = harbour_sound.duration
    (gap,) = find_gaps(heard.script, lines, speech, NOTHING_FIXED, duration)
    assert {token.line for token in heard.script.tokens[gap.first : gap.last]} == {*GAP}
    assert find_gaps(heard.script, lines, speech, Fixed({}, {}, frozenset(GAP)), duration) == []


class Diary(Observer):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def noted(self, message: str) -> None:
        self.notes.append(message)


def broken() -> Engine:
    raise AlignError("its model is half downloaded")


def test_an_engine_that_cannot_run_is_passed_over_and_told(
    heard: Heard, harbour_sound: Recording, pool: Executor, tmp_path: Path
) -> None:
    lines = write_lines(heard.script, heard.located, NOTHING_FIXED, heard.listened.frames[:, LOUDNESS])
    task = Task(heard.script, "en", pool, tmp_path)
    fallbacks = [Fallback("broken", broken), Fallback("everything", Everything)]
    diary = Diary()
    after, _ = fill(
        "sphinx", fallbacks, task, harbour_sound, heard.listened, heard.located, lines, NOTHING_FIXED, diary
    )
    assert diary.notes == ["the engine broken fills no gaps: its model is half downloaded"]
    assert [after[number].engine for number in GAP].count("everything") == len(GAP) - 1
