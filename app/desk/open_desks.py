"""Where an open desk can be reached, noted for the user who opened it: who starts it again is led there."""

from __future__ import annotations

import hashlib
import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from platformdirs import user_state_path

from asdelivered.base.system import is_mine

ANSWERS_WITHIN = 3.0
"""Seconds in which a desk that is open must answer."""
STARTS_WITHIN = 3.0
"""Seconds in which a desk that has its library open must note where it is."""
LONGEST = 200
"""Bytes of an address."""


@contextmanager
def noted(library: Path, address: str) -> Iterator[None]:
    """Keep the address of a library's desk during the block, for this user alone: its key opens the desk."""
    path = _note_of(library)
    with suppress(OSError):  # without the note, a second start says that the library is open
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(address)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def address_of(library: Path) -> str | None:
    """Return the address of the desk that has a library open, None where this user has none that answers.

    A desk that is just starting is waited for.
    """
    until = time.monotonic() + STARTS_WITHIN
    while (address := _noted_address(library)) is None and time.monotonic() < until:
        time.sleep(0.1)
    return address


def usual_port(library: Path) -> int:
    """Return the port that a library's desk takes if it is free, so that the browser knows its page again.

    Browsers keep what a page stores by its port: drafts, the chosen language, the reel. The port is one of those that
    are free for such use (49152 to 65535, RFC 6335), and depends on the library alone.
    """
    return 49152 + int(_name_of(library), 16) % 16384


def _noted_address(library: Path) -> str | None:
    path = _note_of(library)
    try:
        if path.is_symlink() or not is_mine(path):
            return None
        with path.open("rb") as file:
            address = file.read(LONGEST).decode("ascii")
        if not address.startswith("http://127.0.0.1:"):
            return None
        with urllib.request.urlopen(f"{address}icon.svg", timeout=ANSWERS_WITHIN) as answer:
            return address if answer.status == 200 else None
    except (OSError, ValueError):
        return None


def _note_of(library: Path) -> Path:
    return user_state_path("asdelivered") / f"desk-{_name_of(library)}"


def _name_of(library: Path) -> str:
    return hashlib.sha256(os.fsencode(library.resolve())).hexdigest()[:16]
