"""Write fixed captions into the file that they were read from, so that nothing else in it changes.

The result is read again: a file that does not give the fixed captions is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.formats.older import OLDER
from asdelivered.subtitles.formats.text import file_text, xml_text
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.patching import ass, lined, ttml
from asdelivered.subtitles.patching.place import CannotPatchError, Edit, Place, edited, time_like
from asdelivered.subtitles.patching.words import Markup, Token, cut, relined, size_of
from asdelivered.transcripts.captions import srt, vtt

_TTML = ("ttml", "ebu-tt-d", "itt")
_CLOSE = 50
"""Milliseconds that a time may differ from what was meant in formats that count frames or hundredths."""


def patched(data: bytes, before: Captions, after: Sequence[Cue], format: str) -> bytes:
    """Return the file `data`, from which the captions `before` were read, with the cues `after` instead.

    `after` are those cues fixed: moved, on other lines, split, sorted, or without the empty ones. Formats whose parts
    are not known here are written anew where that loses nothing. Raises SubtitleError: the format or the file makes it
    impossible; the message says why.
    """
    try:
        if format in _TTML:
            made = _patched_ttml(data, before.cues, after)
        elif format in ("srt", "vtt", "ass"):
            made = _patched_text(data, before.cues, after, format)
        elif format in OLDER:
            raise CannotPatchError(f"{OLDER[format].title} can be read but not written")
        elif FORMATS[format].write(before) == data:
            return FORMATS[format].write(replace(before, cues=tuple(after)))
        else:
            raise CannotPatchError(
                "the format can only be written anew, which would lose everything but words and times"
            )
    except (CannotPatchError, ValueError) as error:
        raise SubtitleError(f"it cannot be fixed in place without loss ({error})") from error
    _verify(made, after, format)
    return made


def _verify(data: bytes, after: Sequence[Cue], format: str) -> None:
    read = FORMATS[format].read
    assert read is not None
    allowed = 0 if format in ("srt", "vtt") else _CLOSE
    wanted = after if format in ("srt", "vtt") else sorted(after, key=lambda cue: cue.span)
    found = read(data).cues
    same = len(found) == len(wanted) and all(
        [line.split() for line in one.lines] == [line.split() for line in other.lines]
        and abs(one.span.start - other.span.start) <= allowed
        and abs(one.span.end - other.span.end) <= allowed
        for one, other in zip(found, wanted, strict=True)
    )
    if not same:
        raise SubtitleError(
            "it cannot be fixed in place without loss (its text has parts that are not understood)"
        )


Change = tuple[Cue, list[Cue]]
"""A caption of the file, and what it becomes: itself moved or on other lines, several, or none."""


def _changes(before: Sequence[Cue], after: Sequence[Cue]) -> list[Change]:
    """Return the captions that change, each once."""
    made: dict[int, list[Cue]] = {}
    for cue in after:
        made.setdefault(cue.origin, []).append(cue)
    found = []
    for cue in before:
        pieces = made.get(cue.origin, [])
        if len(pieces) != 1 or (pieces[0].span, pieces[0].lines) != (cue.span, cue.lines):
            found.append((cue, pieces))
    return found


def _bodies(tokens: list[Token], pieces: Sequence[Cue], markup: Markup) -> list[str]:
    """Return the text of each piece of a caption with the markup that belongs to it."""
    sizes = [sum(map(size_of, piece.lines)) for piece in pieces]
    if sum(sizes) != sum(token.size for token in tokens):
        raise CannotPatchError("its text has parts that are not understood")
    parts = [tokens] if len(pieces) == 1 else cut(tokens, list(accumulate(sizes))[:-1], markup)
    made = []
    for part, piece in zip(parts, pieces, strict=True):
        ends = set(accumulate(map(size_of, piece.lines)))
        made.append("".join(token.text for token in relined(part, ends, markup)))
    return made


# --- SRT, WebVTT, ASS: lines of text ---


def _patched_text(data: bytes, before: Sequence[Cue], after: Sequence[Cue], format: str) -> bytes:
    source = file_text(data)
    text = source.text
    blocks = srt.caption_blocks if format == "srt" else vtt.caption_blocks
    line_end = lined.Lines.of(text).end

    def places(text: str) -> dict[int, Place]:
        return ass.places(text) if format == "ass" else lined.places(text, blocks, _head(format))

    markup = ass.MARKUP if format == "ass" else lined.markup_of(line_end, entities=format == "vtt")
    known = places(text)
    edits: list[Edit] = []
    changes = _changes(before, after)
    for cue, pieces in changes:
        place = known[cue.origin]
        if pieces:
            edits += _rewritten(text, place, cue, pieces, markup, format, line_end)
        else:
            edits.append(lined.removed(text, place))
    made = edited(text, edits)
    if format != "ass":
        made = _in_order(made, blocks, format, line_end)
        if len(after) != len(before) or [cue.origin for cue in after] != [cue.origin for cue in before]:
            made = lined.renumbered(made, blocks) if format == "srt" else made
    return source.encoded(made)


def _head(format: str) -> Callable[[str], bool]:
    if format == "srt":
        return lambda line: line.strip().isdigit()
    return lambda line: bool(line.strip()) and not line.startswith("WEBVTT")


def _rewritten(
    text: str, place: Place, cue: Cue, pieces: list[Cue], markup: Markup, format: str, line_end: str
) -> list[Edit]:
    """Return the edits that turn a caption into its pieces: the first in its place, the others behind it."""
    edits = _times(text, place, cue.span, pieces[0].span, format)
    relined = len(pieces) > 1 or pieces[0].lines != cue.lines
    bodies = _bodies(markup.tokens(text[slice(*place.body)]), pieces, markup) if relined else []
    if bodies and bodies[0] != text[slice(*place.body)]:
        edits.append(Edit(*place.body, bodies[0]))
    behind = ""
    for piece, body in zip(pieces[1:], bodies[1:], strict=False):
        opening = (
            text[place.begin[0] : place.body[0]] if format != "ass" else text[place.block[0] : place.body[0]]
        )
        shift = place.begin[0] if format != "ass" else place.block[0]
        moved = Place(
            (0, len(opening)),
            (place.begin[0] - shift, place.begin[1] - shift),
            (place.end[0] - shift, place.end[1] - shift),
            (0, 0),
        )
        repeated = edited(opening, _times(opening, moved, cue.span, piece.span, format))
        number = f"0{line_end}" if format == "srt" and text[place.block[0] : place.begin[0]].strip() else ""
        behind += (line_end if format == "ass" else line_end * 2) + number + repeated + body
    if behind:
        edits.append(Edit(place.block[1], place.block[1], behind))
    return edits


def _times(text: str, place: Place, before: TimeSpan, after: TimeSpan, format: str) -> list[Edit]:
    digits = 2 if format == "ass" else 3
    edits = []
    for where, old, new in ((place.begin, before.start, after.start), (place.end, before.end, after.end)):
        if old != new:
            edits.append(Edit(*where, time_like(text[slice(*where)], new, digits)))
    return edits


def _in_order(text: str, blocks: Callable[[list[str]], lined.Blocks], format: str, line_end: str) -> str:
    read = FORMATS[format].read
    assert read is not None
    starts = [cue.span.start for cue in read(text.encode()).cues]
    order = sorted(range(len(starts)), key=starts.__getitem__)
    if order == list(range(len(starts))):
        return text
    return lined.sorted_by_time(
        text, list(lined.places(text, blocks, _head(format)).values()), order, line_end
    )


# --- TTML ---


def _patched_ttml(data: bytes, before: Sequence[Cue], after: Sequence[Cue]) -> bytes:
    source = xml_text(data)
    text = source.text
    clock = ttml.clock_in(text)
    known = ttml.elements(text)
    edits: list[Edit] = []
    for cue, pieces in _changes(before, after):
        element = known[cue.origin]
        tag = text[slice(*element.tag)]
        edits += ttml.retimed(text, element, cue.span, pieces[0].span, clock)
        if len(pieces) == 1 and pieces[0].lines == cue.lines:
            continue
        markup = ttml.markup_of(tag)
        bodies = _bodies(markup.tokens(text[slice(*element.body)]), pieces, markup)
        if bodies[0] != text[slice(*element.body)]:
            edits.append(Edit(*element.body, bodies[0]))
        behind = ""
        for piece, body in zip(pieces[1:], bodies[1:], strict=True):
            times = ttml.retimed(text, element, cue.span, piece.span, clock)
            moved = [
                Edit(edit.start - element.tag[0], edit.end - element.tag[0], edit.text) for edit in times
            ]
            behind += "\n" + ttml.without_id(edited(tag, moved)) + body + text[element.body[1] : element.end]
        if behind:
            edits.append(Edit(element.end, element.end, behind))
    return source.encoded(edited(text, edits))
