"""TTML: a caption is an element, whose times are attributes relative to what holds it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from fractions import Fraction

from defusedxml.ElementTree import fromstring

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.patching.place import CannotPatchError, Edit
from asdelivered.subtitles.patching.words import Markup, Piece, Token, size_of
from asdelivered.transcripts.captions.ttml import Clock, clock_of, seconds_of, time_expression

_PIECE = re.compile(
    r"""(?P<apart><!--.*?-->|<\?.*?\?>)|(?P<cdata><!\[CDATA\[.*?\]\]>)|(?P<close></[^>]*>)"""
    r"""|(?P<open><(?:[^<>"']|"[^"]*"|'[^']*')*>)|(?P<entity>&[^;\s]+;)|(?P<blank>\s+)|(?P<word>.)""",
    re.DOTALL,
)
_NAME = re.compile(r"</?\s*([^\s/>]+)")
_ID = re.compile(r"""\s+(?:xml:)?id\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(frozen=True)
class Element:
    """A caption in the document: its start tag, what is inside, and its end."""

    tag: tuple[int, int]
    body: tuple[int, int]
    end: int

    def attribute(self, text: str, name: str) -> re.Match[str] | None:
        """Return the attribute of its start tag; group 2 is the value."""
        return re.compile(rf"""\s{name}\s*=\s*(["'])(.*?)\1""", re.DOTALL).search(text, *self.tag)


def elements(text: str) -> dict[int, Element]:
    """Return all elements of a document, by their number in its order."""
    found: dict[int, Element] = {}
    waiting: list[tuple[int, int, int]] = []
    number = 0
    for piece in _PIECE.finditer(text):
        if piece["open"]:
            if piece["open"].endswith("/>"):
                found[number] = Element(piece.span(), (piece.end(), piece.end()), piece.end())
            else:
                waiting.append((number, *piece.span()))
            number += 1
        elif piece["close"] and waiting:
            at, start, end = waiting.pop()
            found[at] = Element((start, end), (end, piece.start()), piece.end())
    return found


def clock_in(text: str) -> Clock:
    """Return how the document counts."""
    return clock_of(fromstring(re.sub(r"^<\?xml.*?\?>", "", text.strip(), flags=re.DOTALL)))


def retimed(text: str, element: Element, before: TimeSpan, after: TimeSpan, clock: Clock) -> list[Edit]:
    """Return the edits that move an element's times as its caption's move: they are relative to what holds it."""
    begin, end, duration = (element.attribute(text, name) for name in ("begin", "end", "dur"))
    edits = []
    old = seconds_of(begin[2], clock) if begin else Fraction(0)
    new = old + Fraction(after.start - before.start, 1000)
    if after.start != before.start:
        edits += _set(element, begin, "begin", new, _likeness(begin, end), clock)
    if end is not None:
        if after.end != before.end:
            moved = seconds_of(end[2], clock) + Fraction(after.end - before.end, 1000)
            edits += _set(element, end, "end", moved, end[2], clock)
    elif duration is not None:
        if after.duration != before.duration:
            longer = seconds_of(duration[2], clock) + Fraction(after.duration - before.duration, 1000)
            edits += _set(element, duration, "dur", longer, duration[2], clock)
    else:
        edits += _set(
            element, None, "end", new + Fraction(after.duration, 1000), _likeness(begin, None), clock
        )
    return edits


def _likeness(one: re.Match[str] | None, other: re.Match[str] | None) -> str:
    known = one or other
    return known[2] if known else "00:00:00.000"


def _set(
    element: Element, found: re.Match[str] | None, name: str, seconds: Fraction, like: str, clock: Clock
) -> list[Edit]:
    if seconds < 0:
        raise CannotPatchError("it would begin before what holds it")
    value = time_expression(seconds, like, clock)
    if found is not None:
        return [Edit(*found.span(2), value)]
    at = element.tag[1] - 1
    return [Edit(at, at, f' {name}="{value}"')]


def without_id(tag: str) -> str:
    """Return a start tag without its id, which no two elements may share."""
    return _ID.sub("", tag)


def markup_of(tag: str) -> Markup:
    """Return the markup inside an element with that start tag, whose prefix its line breaks get."""
    prefix = tag_name(tag).rpartition(":")[0]
    return Markup(
        _tokens,
        f"<{prefix}:br/>" if prefix else "<br/>",
        lambda opening: f"</{tag_name(opening)}>",
        without_id,
    )


def tag_name(tag: str) -> str:
    """Return the name in a tag."""
    found = _NAME.match(tag)
    if found is None:
        raise CannotPatchError(f"{tag[:40]!r} is no tag")
    return found[1]


def _tokens(body: str) -> list[Token]:
    made: list[Token] = []
    for found in _PIECE.finditer(body):
        text = found[0]
        if found["cdata"]:
            raise CannotPatchError("it holds CDATA")
        if found["apart"]:
            made.append(Token(Piece.MARK, text))
        elif found["open"]:
            if tag_name(text).rpartition(":")[2] == "br":
                made.append(Token(Piece.BREAK, text))
            else:
                made.append(Token(Piece.MARK if text.endswith("/>") else Piece.OPENING, text))
        elif found["close"]:
            if tag_name(text).rpartition(":")[2] == "br":
                made[-1] = Token(Piece.BREAK, made[-1].text + text)
            else:
                made.append(Token(Piece.CLOSING, text))
        elif found["entity"]:
            size = size_of(html.unescape(text))
            made.append(Token(Piece.WORD if size else Piece.BLANK, text, size))
        elif found["blank"]:
            made.append(Token(Piece.BLANK, text))
        else:
            made.append(Token(Piece.WORD, text, 1))
    return made
