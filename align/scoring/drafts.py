"""Drafts of the speech that the text lacks, for people to check: they are no part of the official text."""

from __future__ import annotations

from collections.abc import Sequence

from asdelivered.align.document.alignment import Draft
from asdelivered.align.engines.group import DrafterChoice
from asdelivered.align.errors import AlignError
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan


def draft_untranscribed(
    sound: RecordingPart,
    language: str,
    untranscribed: Sequence[TimeSpan],
    choice: DrafterChoice,
    observer: Observer,
) -> tuple[Draft, ...]:
    """Return a draft of each stretch of `untranscribed` speech of a sound in which words are recognised.

    Where the drafter can't be made or fails, there are none, and the observer is told why. Raises MediaError.
    """
    if not untranscribed:
        return ()
    step = f"writing drafts with {choice.name}"
    try:
        drafter = choice.make(language)
        observer.started(step, sum(span.duration for span in untranscribed) / 1000)
        drafts, passed = [], 0.0
        for span, samples in zip(untranscribed, sound.windows(untranscribed), strict=True):
            if heard := drafter.draft(samples):
                drafts.append(Draft(span, heard.text, heard.confidence))
            passed += span.duration / 1000
            observer.advanced(step, passed)
        observer.finished(step)
    except AlignError as error:
        observer.noted(f"{choice.name} writes no drafts of the speech that the text lacks: {error}")
        return ()
    return tuple(drafts)
