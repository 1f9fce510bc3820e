"""Chunks are heard carefully at once only where quick hearing has just been wasted, and never twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from asdelivered.align.anchors import find_unclear
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask
from asdelivered.align.engines.haste import BLOCK, Haste
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.script import Script, write_script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.transcripts.model import Transcript

MANY = 40


@pytest.fixture(scope="module")
def script(harbour: Transcript) -> Script:
    return write_script(harbour)


def said(script: Script, chunks: int = BLOCK) -> list[list[RecognisedWord]]:
    """Return what is heard where it is the text, ten words in each chunk."""
    words = [
        RecognisedWord(word, 30 * at, 30 * at + 25) for at, word in enumerate(script.words[: 10 * chunks])
    ]
    return [words[10 * at : 10 * at + 10] for at in range(chunks)]


def muddled(script: Script, chunks: int = BLOCK) -> list[list[RecognisedWord]]:
    """Return what is heard where nothing is made out: words of the text, in no order of it."""
    return [words[::-1] for words in said(script, chunks)]


def test_clear_speech_is_heard_quickly(script: Script) -> None:
    haste = Haste(partial(find_unclear, script))
    for _ in range(MANY):
        assert not haste.next_is_careful()
        haste.heard(said(script))


def test_where_quick_hearing_is_wasted_it_is_only_tried_now_and_then(script: Script) -> None:
    haste = Haste(partial(find_unclear, script))
    careful = []
    for _ in range(MANY):
        careful.append(haste.next_is_careful())
        if not careful[-1]:
            haste.heard(muddled(script))
    assert careful[:2] == [False, True]
    assert 2 <= careful[2:].count(False) <= MANY // 6


def test_haste_comes_back_with_clear_speech_and_not_with_silence(script: Script) -> None:
    haste = Haste(partial(find_unclear, script))
    haste.heard(muddled(script))
    assert haste.next_is_careful()
    haste.heard([[] for _ in range(BLOCK)])
    assert haste.next_is_careful()
    haste.heard(said(script))
    assert not haste.next_is_careful()


def test_a_block_that_is_half_clear_is_no_reason_to_be_careful(script: Script) -> None:
    haste = Haste(partial(find_unclear, script))
    haste.heard([*said(script, 3), *muddled(script, 3)])
    assert not haste.next_is_careful()


class Muddle(Executor):
    """Makes out nothing of any chunk, and notes which it was given."""

    def __init__(self, script: Script) -> None:
        self._answer = muddled(script, 1)[0]
        self.given: list[tuple[float, bool]] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        _, cepstra, careful = arguments
        self.given.append((float(cepstra[0, 0]), careful))
        future: Future[Any] = Future()
        future.set_result(self._answer)
        return future


def chunks() -> Iterator[Chunk]:
    for number in range(MANY):
        yield Chunk(100 * number, np.full((100, 15), number, np.float32), np.empty(0, np.int16))


def test_what_was_heard_carefully_at_once_is_not_heard_again(script: Script, tmp_path: Path) -> None:
    engine, pool = Sphinx(EngineOptions()), Muddle(script)
    task = RecognitionTask(script, "en", pool, tmp_path, tell_unclear=partial(find_unclear, script))
    first = list(engine.recognise(task, chunks(), careful=False))
    again = list(engine.recognise(task, chunks(), careful=True))
    assert len(first) == len(again) == MANY
    quick = [number for number, careful in pool.given if not careful]
    careful = [number for number, careful in pool.given if careful]
    assert sorted(careful) == list(range(MANY))
    assert len(quick) <= MANY // 2
