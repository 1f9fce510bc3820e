"""Long work in a process of its own, one job at a time, with progress; the page stays usable meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.progress import Observer
from asdelivered.base.system import stop_on_signals
from asdelivered.review.errors import ReviewError

STOPPED = "stopped"
"""The reason why a job that a person stopped has no result."""


@dataclass(frozen=True)
class Job:
    """A call to be made in another process: a function of a module, and its arguments before the last, an Observer.

    `kind` is what the page calls it: "align" or "render".
    """

    kind: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Progress:
    """How far a job is: its kind, its present step, and the share of that step that is done, 0 to 1."""

    kind: str
    step: str
    share: float


class BackgroundWork:
    """The job in progress, if there is one."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.found: dict[str, int] = {}
        """About when lines begin, in milliseconds by their ids: what an alignment in progress has found so far."""
        self._process: Any = None
        self._stopped = False

    def start(self, job: Job, ended: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Begin a job; another thread calls `ended` with its result, or `failed` with a sentence.

        Raises ReviewError while another job is in progress.
        """
        if self.progress is not None:
            raise ReviewError("something else is being made: wait for it, or stop it first")
        self.progress = Progress(job.kind, "starting", 0.0)
        self.found = {}
        self._stopped = False
        context = get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        # Not a daemon: the aligner has worker processes of its own.
        self._process = context.Process(target=_run, args=(sending, job))

        def follow() -> None:
            # The process is started here, because it takes long to hand ten hours of words over to it.
            self._process.start()
            sending.close()
            if self._stopped:
                self._process.terminate()
            outcome, content = self._outcome(job.kind, receiving.recv)
            self._process.join()
            self.progress = None
            if self._stopped:
                failed(STOPPED)
            elif outcome == "ended":
                ended(content)
            else:
                failed(content)

        threading.Thread(target=follow, daemon=True).start()

    def stop(self) -> None:
        """Stop the job in progress, if there is one; it has no result."""
        self._stopped = True
        if self._process is not None and self._process.pid is not None:
            self._process.terminate()

    def _outcome(self, kind: str, receive: Callable[[], Any]) -> tuple[str, Any]:
        """Note the progress that the process reports, and return its last message: ("ended" or "failed", content)."""
        try:
            while True:
                message, *content = receive()
                if message == "found":
                    self.found = self.found | content[0]
                    continue
                if message != "progress":
                    return message, content[0]
                self.progress = Progress(kind, *content)
        except (EOFError, OSError):
            return "failed", "the work ended before its time: start it again"


class _PipeObserver(Observer):
    """Sends progress through a pipe, a hundred times per step at most."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._total = 1.0
        self._sent = -1

    def found(self, starts: Mapping[str, int]) -> None:
        self._pipe.send(("found", dict(starts)))

    def started(self, step: str, total: float) -> None:
        self._total, self._sent = max(total, 0.001), -1
        self.advanced(step, 0.0)

    def advanced(self, step: str, done: float) -> None:
        share = min(1.0, done / self._total)
        if int(100 * share) > self._sent:
            self._sent = int(100 * share)
            self._pipe.send(("progress", step, share))


def _run(pipe: Connection, job: Job) -> None:
    stop_on_signals()  # so that its own processes end, too
    with suppress(BrokenPipeError, KeyboardInterrupt):  # the job was stopped, or the review has ended
        pipe.send(_outcome(pipe, job))


def _outcome(pipe: Connection, job: Job) -> tuple[str, Any]:
    """Do the job; return what the process says last. Raises BrokenPipeError where nobody listens any more."""
    try:
        return "ended", job.function(*job.arguments, _PipeObserver(pipe))
    except AsdeliveredError as error:
        return "failed", str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        return "failed", f"{error.filename or 'a file'}: {error.strerror or error}"
