"""The timeline of a command, written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asdelivered.base.files import write_whole
from asdelivered.base.timeline import recording, trace_events


@contextmanager
def profiled(path: Path | None) -> Iterator[None]:
    """Record what every process does in the block, and write it to `path` in the Trace Event format; None: don't.

    It is written also where the block fails: what took long until then may be the reason. Raises OSError.
    """
    if path is None:
        yield
        return
    with recording() as works:
        try:
            yield
        finally:
            write_whole(path, trace_events(works).encode())
