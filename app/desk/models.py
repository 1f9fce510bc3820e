"""Whisper models: which there are, what each costs, and one fetched for the person who asks for it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asdelivered.align.engines.selection import find_models
from asdelivered.align.engines.whisper import is_installed
from asdelivered.align.engines.whisper_installation import install_whisper, known_weights
from asdelivered.align.engines.whisper_weights import AT_HUB, KNOWN, holding_folder
from asdelivered.app.desk.work_queue import Task, WorkQueue
from asdelivered.app.errors import AppError
from asdelivered.base.extras import Extra, install_command
from asdelivered.base.progress import Observer
from asdelivered.review.background import STOPPED, Job

MODEL = "model"
"""What the work on a model is called in the queue, in the place of an event."""
LICENCE = "MIT"
"""The licence under which OpenAI gives the weights of Whisper, and others their conversions of them."""
ABOUT = {"small": 486_000_000, "medium": 1_531_000_000, "large-v3": 3_091_000_000, "turbo": 1_622_000_000}
"""Bytes of the models whose exact size the hub alone says, and is asked for only when one is wanted."""
STEP = "fetching"
_LOOKS = 0.3
"""Seconds between two looks at how much has come."""


@dataclass(frozen=True)
class Offer:
    """A model that can be had: its size in bytes, and whether packages carry it, too."""

    name: str
    repository: str
    size: int
    packages: tuple[str, ...] = ()

    @property
    def english_only(self) -> bool:
        """Whether it knows English alone."""
        return self.name.endswith(".en")


OFFERS = (
    *(Offer(one.name, one.repository, one.size, one.packages) for one in KNOWN),
    *(Offer(name, repository, ABOUT[name]) for name, repository in AT_HUB.items()),
)


class Models:
    """The models of this machine, for the page. Only the thread of the event loop calls its methods."""

    def __init__(self, queue: WorkQueue) -> None:
        self._queue = queue
        self._wanted = ""
        self._error = ""

    def state(self) -> dict[str, Any]:
        """Return the models that can be had and those that are here, and what came of the last one asked for."""
        here = installed()
        return {
            "missing": "" if is_installed() else install_command(Extra.WHISPER),
            "folder": str(_cache()) if is_installed() else "",
            "licence": LICENCE,
            "models": [
                {
                    "name": one.name,
                    "repository": one.repository,
                    "size": one.size,
                    "english_only": one.english_only,
                    "packages": [*one.packages],
                    "here": one.repository in here,
                }
                for one in OFFERS
            ],
            "wanted": self._wanted if self._queue.has(MODEL, MODEL) else "",
            "error": self._error,
        }

    def fetch(self, name: str) -> None:
        """Begin to fetch a model. Raises AppError: there is none of that name, or one is being fetched."""
        if name not in {one.name for one in OFFERS}:
            raise AppError(f"choose one of the models {', '.join(one.name for one in OFFERS)}")

        def failed(reason: str) -> None:
            self._error = "" if reason == STOPPED else reason

        job = Job(MODEL, fetch_model, (name,))
        self._queue.add(Task(MODEL, job, ("doctor", "--install", f"whisper-{name}"), failed=failed))
        self._wanted, self._error = name, ""


def installed() -> frozenset[str]:
    """Return the names, at the hub, of the models that are on this machine."""
    return frozenset(model.name for model in find_models(_cache())) if is_installed() else frozenset()


def fetch_model(name: str, observer: Observer) -> dict[str, Any]:
    """Fetch a model, in a process of its own; the result says where from.

    Raises AppError where the disk has no room for it, AlignError where it can't be had, MissingExtraError.
    """
    weights, said = known_weights(name), list[str]()
    arriving = holding_folder(weights, _cache())
    arriving.parents[1].mkdir(parents=True, exist_ok=True)
    lacking = weights.size - _size_of(arriving)
    free = shutil.disk_usage(arriving.parents[1]).free
    if lacking > free:
        raise AppError(
            f"the model {name} takes {lacking / 1e6:.0f} MB more, and {_cache()} has {free / 1e6:.0f} MB free: "
            "make room first"
        )
    with _watched(arriving, weights.size, observer):
        install_whisper(weights, said.append)
    return {"remarks": said}


@contextmanager
def _watched(folder: Path, size: int, observer: Observer) -> Iterator[None]:
    """Report, while the block runs, how much of `size` bytes a folder holds."""
    over = threading.Event()
    observer.started(STEP, float(size))

    def watch() -> None:
        while not over.wait(_LOOKS):
            observer.advanced(STEP, float(min(size, _size_of(folder))))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _size_of(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue  # it was moved meanwhile
    return size


def _cache() -> Path:
    from huggingface_hub.constants import HF_HUB_CACHE

    return Path(HF_HUB_CACHE)
