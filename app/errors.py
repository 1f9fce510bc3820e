"""Errors of the command line itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from asdelivered.base.errors import AsdeliveredError


class AppError(AsdeliveredError):
    """A command failed. The message says what is wrong, where, and what to do."""


class StoppedError(AppError):
    """The user stopped the work; of several texts, those whose alignments are in `written` were done."""

    def __init__(self, written: Sequence[Path] = ()) -> None:
        done = (
            f"what was done is kept: {', '.join(map(str, written))}" if written else "no files were written"
        )
        super().__init__(f"stopped; {done}")


class TextsFailedError(AppError):
    """Some of several texts failed, each with an error of its own; the files of the others are written."""

    def __init__(self, failures: Mapping[Path, AsdeliveredError]) -> None:
        super().__init__("; ".join(f"{text}: {error}" for text, error in failures.items()))


class UnexplainedError(AppError):
    """More of the text or of the speech is unexplained than is allowed; all in per cent. The files are written."""

    def __init__(self, text: float, speech: float, allowed: float) -> None:
        super().__init__(text, speech, allowed)
        self.text = text
        self.speech = speech
        self.allowed = allowed

    def __str__(self) -> str:
        return (
            f"{self.text:.1f} % of the text was not heard and {self.speech:.1f} % of the speech is not in the text, "
            f"more than the {self.allowed:g} % allowed: check the list above, or raise --allow"
        )
