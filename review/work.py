"""Long work in a process of its own, one piece at a time, told of as it goes on; the page stays usable meanwhile."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.progress import Observer
from asdelivered.review.errors import ReviewError

Task = Callable[..., Any]
"""A function of a module: its arguments, then an Observer."""


@dataclass(frozen=True)
class Progress:
    """How far the work is: what it does, and its share from 0 to 1."""

    kind: str
    step: str
    share: float


class Work:
    """The piece of work that is being done, if any. `told` hears of progress, from a thread of its own."""

    def __init__(self, told: Callable[[], None]) -> None:
        self.progress: Progress | None = None
        self._told = told
        self._process: Any = None
        self._stopped = False

    def start(
        self,
        kind: str,
        task: Task,
        arguments: tuple[Any, ...],
        ended: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        """Begin; `ended` gets the result of `task`, or `failed` a sentence. Raises ReviewError: other work goes on."""
        if self.progress is not None:
            raise ReviewError("something else is being made: wait for it, or stop it first")
        self.progress = Progress(kind, "starting", 0.0)
        self._stopped = False
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        # Not a daemon: the aligner has worker processes of its own.
        self._process = context.Process(target=_run, args=(there, task, arguments))
        # Started there, because to hand over ten hours of words takes long.
        threading.Thread(target=self._listen, args=(kind, here, there, ended, failed), daemon=True).start()

    def stop(self) -> None:
        """Stop the work, if there is any; nothing comes of it."""
        self._stopped = True
        if self._process is not None and self._process.pid is not None:
            self._process.terminate()

    def _listen(
        self,
        kind: str,
        here: Connection,
        there: Connection,
        ended: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        process = self._process
        process.start()
        there.close()
        if self._stopped:
            process.terminate()
        outcome: tuple[str, Any] = ("failed", "the work ended before its time: start it again")
        try:
            while True:
                message, *content = here.recv()
                if message == "progress":
                    self.progress = Progress(kind, *content)
                    self._told()
                else:
                    outcome = (message, content[0])
                    break
        except (EOFError, OSError):
            pass
        process.join()
        self.progress = None
        if self._stopped:
            failed("stopped")
        elif outcome[0] == "ended":
            ended(outcome[1])
        else:
            failed(outcome[1])


class _Teller(Observer):
    """Tells of steps through a pipe, a hundred times a step at most."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._total = 1.0
        self._told = -1

    def started(self, step: str, total: float) -> None:
        self._total, self._told = max(total, 0.001), -1
        self.advanced(step, 0.0)

    def advanced(self, step: str, done: float) -> None:
        share = min(1.0, done / self._total)
        if int(100 * share) > self._told:
            self._told = int(100 * share)
            self._pipe.send(("progress", step, share))


def _run(pipe: Connection, task: Task, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that its own processes are ended, too
    try:
        pipe.send(("ended", task(*arguments, _Teller(pipe))))
    except AsdeliveredError as error:
        pipe.send(("failed", str(error)))
    except OSError as error:
        pipe.send(("failed", f"{error.filename or 'a file'}: {error.strerror or error}"))
    except KeyboardInterrupt:
        pass  # stopped, or the review was ended
