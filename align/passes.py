"""A recording heard and its text located: by one engine, by several side by side, or by one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from asdelivered.align.acoustic.features import LOUDNESS
from asdelivered.align.combination import Version, combine
from asdelivered.align.document.alignment import AlignedLine, timed_by
from asdelivered.align.document.pins import Fixed
from asdelivered.align.engines.engine import Engine, Task
from asdelivered.align.engines.several import Several
from asdelivered.align.fallback import fill
from asdelivered.align.lines import write_lines
from asdelivered.align.placement import locate
from asdelivered.align.recognition import Listened, listen
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording

_LEAST_HEARD = 0.05
"""Share of the text, or of what was heard, that must be in anchors for the recording to be taken for the text's:
accented speech over a telephone has 0.15, a text of something else 0.02."""


@dataclass(frozen=True)
class Take:
    """What was heard, the lines, and the frames [start, end) of sound for which there is no text."""

    listened: Listened
    lines: tuple[AlignedLine, ...]
    garbage: tuple[tuple[int, int], ...]


def take(
    engine: Engine | Several, task: Task, recording: Recording, fixed: Fixed, observer: Observer
) -> Take | None:
    """Hear `recording` and locate the text of `task` in it; None where next to nothing of it is heard.

    Raises MediaError where the recording breaks off or is damaged, and AlignError where an engine can't hear.
    """
    if not isinstance(engine, Several):
        return _take(engine, task, recording, fixed, observer)
    takes: list[Take] = []
    for number, one in enumerate(engine.engines):
        found = _take(
            one, task, recording, fixed, observer, engine if number == 0 and engine.fallbacks else None
        )
        if found is None and len(engine.engines) > 1:
            observer.noted(f"the engine {one.name} heard next to nothing of the text")
        if found is not None and len(engine.engines) > 1:
            found = replace(found, lines=tuple(timed_by(line, one.name) for line in found.lines))
        takes += [found] if found else []
    if len(takes) <= 1:
        return takes[0] if takes else None
    version = combine([Version(one.lines, one.garbage) for one in takes])
    return replace(takes[0], lines=version.lines, garbage=version.garbage)


def _take(
    engine: Engine,
    task: Task,
    recording: Recording,
    fixed: Fixed,
    observer: Observer,
    several: Several | None = None,
) -> Take | None:
    listened = listen(engine, task, recording, observer)
    if not fixed.cuts and _share_heard(listened, task) < _LEAST_HEARD:
        return None
    located = locate(task.pool, task.script, listened, fixed, observer)
    lines = write_lines(task.script, located, fixed, listened.frames[:, LOUDNESS])
    found = Take(listened, lines, located.garbage)
    if several is None:
        return found
    filled, garbage = fill(
        engine.name, several.fallbacks, task, recording, listened, located, lines, fixed, observer
    )
    return replace(found, lines=filled, garbage=garbage)


def _share_heard(listened: Listened, task: Task) -> float:
    words = sum(len(token.spoken) for token in task.script.tokens)
    anchored = sum(run.length for run in listened.runs)
    return anchored / max(1, min(words, len(listened.heard)))
