"""How a job on many items reports its progress. The console shows it; a job never prints."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class Count(Protocol):
    """Counts one more item as done, and shows `note` unless it is empty.

    `size` is how much work the item was, in the unit of the total size. `skipped`: it was done before and took no time.
    """

    def __call__(self, note: str, /, size: float = 1, skipped: bool = False) -> None:
        """Count it."""


Counting = Callable[[str, int, float], AbstractContextManager[Count]]
"""Starts counting: what is done to the items ("adding"), how many there are, and the sum of their sizes."""
