"""What a person wrote for speech that the text lacks: apart from the official text, and shown only where asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from asdelivered.align.document.alignment import Alignment, Draft
from asdelivered.base.span import TimeSpan


@dataclass(frozen=True)
class OwnWords(Draft):
    """Words for a stretch of untranscribed speech; without any `text`, the stretch is to be ignored."""

    confidence: float = 1.0


def with_own_words(
    alignment: Alignment, own: Sequence[OwnWords], drafts: bool
) -> tuple[Alignment, tuple[OwnWords, ...]]:
    """Return the alignment with a person's words as its drafts, and those words that have no place there any more.

    With `drafts`, those of a recogniser stay where the person neither wrote nor ignored anything. Words have no place
    where the text has the most of their time by now.
    """
    placed = tuple(one for one in own if lacks_text(one.span, alignment.untranscribed))
    rest = tuple(
        draft
        for draft in alignment.drafts
        if drafts and not any(draft.span.overlap(one.span) for one in placed)
    )
    shown = tuple(one for one in placed if one.text.strip())
    made = sorted((*rest, *shown), key=lambda one: one.span)
    return replace(alignment, drafts=tuple(made)), tuple(one for one in own if one not in placed)


def lacks_text(span: TimeSpan, untranscribed: Sequence[TimeSpan]) -> bool:
    """Whether at least half of a span is speech that the text lacks."""
    return 2 * sum(span.overlap(one) for one in untranscribed) >= max(1, span.duration)


def with_note(own: Sequence[OwnWords], new: OwnWords | None, span: TimeSpan) -> tuple[OwnWords, ...]:
    """Return the words with `new` ones in the place of those within `span`; None leaves it open again."""
    kept = [one for one in own if not one.span.overlap(span)]
    return tuple(sorted((*kept, *([new] if new else [])), key=lambda one: one.span))
