"""The clip list of a review: selections of words, each cut in the pauses around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from asdelivered.align.document.alignment import Alignment, Sound
from asdelivered.align.document.quotes import IndexedAlignment, Quote, quote_at
from asdelivered.base.progress import Observer
from asdelivered.clips.places import FoundQuote
from asdelivered.clips.plan import clip_to_json, cut_quotes
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import one_line
from asdelivered.review.changes import Selection, selection_to_json
from asdelivered.review.errors import ReviewError
from asdelivered.transcripts.quoting.search import QuoteMatch

NO_TIME = "not spoken in the recording, so there is no clip of it"
REFUSED = "it could not be made, so it is in no list"


@dataclass(frozen=True)
class SelectedClip:
    """Selected words as a quote, with their clip; None where the words have no time, or have lost it."""

    words: Selection
    quote: Quote
    clip: Clip | None

    def to_json(self, refused: Collection[Clip] = ()) -> dict[str, Any]:
        """Return it as JSON values; start and end are None where there is no clip. A `refused` clip gets a note."""
        if self.clip is not None:
            told = [REFUSED] if self.clip in refused else []
            entry = {**clip_to_json(self.clip), "notes": [*told, *self.clip.notes]}
        else:
            speaker, text = ", ".join(self.quote.speakers) or None, one_line(self.quote.text)
            entry = {
                "name": text,
                "speaker": speaker,
                "text": text,
                "start": None,
                "end": None,
                "notes": [NO_TIME],
            }
        return {**entry, "words": selection_to_json(self.words)}


class ClipCutter:
    """Cuts the clips of one recording, and remembers the last ones: only clips whose words have moved are cut again."""

    def __init__(self, source: EditSource) -> None:
        self._source = source
        self._known: dict[Quote, Clip] = {}
        self._sounds: tuple[Sound, ...] = ()

    def cut(
        self, indexed: IndexedAlignment, selections: Sequence[tuple[Selection, tuple[int, int]]]
    ) -> tuple[SelectedClip, ...]:
        """Cut selected words. Each comes with its place among all words: the first, and one past the last.

        Raises MediaError.
        """
        known, sounds = self._known, indexed.alignment.sounds
        if sounds != self._sounds:
            known = {}
        quotes = [quote_at(indexed, QuoteMatch(*places, 1.0)) for _, places in selections]
        new = [quote for quote in dict.fromkeys(quotes) if quote.span is not None and quote not in known]
        if new:
            found = [FoundQuote(QuoteRequest(quote.text, "review"), quote) for quote in new]
            cut = cut_quotes(found, sounds, self._source, 0, Observer())
            known = known | {quote: one.clip for quote, one in zip(new, cut, strict=True)}
        self._known, self._sounds = {quote: known[quote] for quote in quotes if quote in known}, sounds
        return tuple(
            SelectedClip(words, quote, known.get(quote))
            for (words, _), quote in zip(selections, quotes, strict=True)
        )


def cut_list(
    alignment: Alignment,
    source: EditSource,
    clips: Sequence[SelectedClip],
    stem: str,
    refused: Collection[Clip] = (),
) -> CutList:
    """Return the clips as a cut-list, without those that were refused. Raises ReviewError where none is left."""
    timed = with_times(clips)
    kept = tuple(clip for clip in timed if clip not in refused)
    if not kept:
        raise ReviewError("no clip of the list could be made, so there is nothing to list")
    return CutList(one_line(alignment.transcript.title or stem), source, kept)


def with_times(clips: Sequence[SelectedClip]) -> tuple[Clip, ...]:
    """Return the clips that have a time. Raises ReviewError where none has."""
    if not clips:
        raise ReviewError("the clip list is empty: select some words and add them first")
    found = tuple(one.clip for one in clips if one.clip is not None)
    if not found:
        raise ReviewError(
            "no words of the clip list were spoken in the recording, so there is no clip to make"
        )
    return found
