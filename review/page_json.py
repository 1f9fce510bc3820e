"""JSON values for the page: times in whole milliseconds, words as numbers, so that long events stay small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asdelivered.align.document.alignment import AlignedLine, Alignment, Status
from asdelivered.align.document.pins import Pin
from asdelivered.review.doubt import OUTSIDE, WORTH_A_LOOK, doubt_of
from asdelivered.review.session import Session
from asdelivered.subtitles.editing.own_words import OwnWords
from asdelivered.subtitles.model import Cue

_STATUSES = (Status.MATCHED, Status.INTERPOLATED, Status.PARTIAL, Status.UNSPOKEN)


def line_for_page(session: Session, line: str) -> dict[str, Any]:
    """Return a line; its `words` are four numbers each: start, end (-1 without a time), confidence in %, status."""
    state = session.state(line)
    own = state.line
    cut = own.span is None and own.id in session.outside
    doubt = OUTSIDE if cut else doubt_of(own, session.rates)
    return {
        "id": own.id,
        "turn": own.turn,
        "speaker": own.speaker,
        "text": own.text,
        "status": own.status.value,
        "start": own.span and own.span.start,
        "end": own.span and own.span.end,
        "channel": own.channel,
        "confidence": None if own.confidence is None else round(own.confidence, 3),
        "pin": state.pin and _pin(state.pin),
        "settled": own.settled,
        "doubt": 0 if state.pin else doubt.size,
        "reasons": doubt.reasons,
        "why": [one.coded() for one in doubt.remarks],
        "words": [*_words(own)],
    }


def _words(line: AlignedLine) -> Iterable[int]:
    for word in line.words:
        if word.span is None:
            yield from (-1, -1, 0, 3)
        else:
            sure = round(100 * (word.confidence or 0))
            yield from (word.span.start, word.span.end, sure, _STATUSES.index(word.status))


def _pin(pin: Pin) -> dict[str, Any]:
    return {"unspoken": True} if pin.unspoken else {"start": pin.start, "end": pin.end}


def state_for_page(session: Session) -> dict[str, Any]:
    """Return the state beside the lines."""
    return {
        "version": session.version,
        "undo": session.can_undo,
        "redo": session.can_redo,
        "pins": len(session.pins),
        "pending": list(session.lines_to_realign()),
        "clips": len(session.clips),
    }


def regions_for_page(alignment: Alignment) -> list[list[Any]]:
    """Return what is heard beside the text, in order of time: [kind, start, end], and the text of a draft."""
    drafts = {draft.span: [draft.text] for draft in alignment.drafts}
    found: list[list[Any]] = [
        ["untranscribed", span.start, span.end, *drafts.get(span, [])] for span in alignment.untranscribed
    ]
    found += [[sound.kind.value, sound.span.start, sound.span.end] for sound in alignment.sounds]
    return sorted(found, key=lambda region: region[1])


def own_words_for_page(own: Iterable[OwnWords]) -> list[list[Any]]:
    """Return what a person wrote for speech that the text lacks: [start, end, text], "" where it is ignored."""
    return [[one.span.start, one.span.end, one.text] for one in own]


def queue_for_page(session: Session) -> list[dict[str, Any]]:
    """Return the lines worth checking, the most doubtful first."""
    lines = [line_for_page(session, line) for line in session.ids]
    found = [line for line in lines if line["doubt"] >= WORTH_A_LOOK]
    kept = ("id", "speaker", "text", "status", "start", "end", "confidence", "doubt", "reasons")
    return [
        {key: line[key] for key in kept} for line in sorted(found, key=lambda line: -float(line["doubt"]))
    ]


def cue_for_page(cue: Cue) -> list[Any]:
    """Return a caption as [start, end, lines, whether it is at the top]."""
    return [cue.span.start, cue.span.end, list(cue.shown), cue.at_top]
