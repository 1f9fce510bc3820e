"""Chats as messengers and meeting tools export them: each message begins with a time, or has one beside its writer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:today|yesterday)(?: at)?)"
_STAMP = rf"(?:{_DAY},?\s+)?{_CLOCK}"
_DATED = rf"{_DAY},?\s+{_CLOCK}"
_NAME = r"(?P<name>[^\W\d_][^:：\n\[\]<>]{0,60}?)"
_TO = rf"(?:from|von|de|da)\s+{_NAME}\s+(?:to|an|à|a|para)\s+[^:：\n]{{1,40}}?\s*"
_SAYS = r"(?::(?:\s+|$)|：\s*)"
_FORMS = tuple(
    re.compile(rf"\s*{form}", re.IGNORECASE)
    for form in (
        rf"(?P<stamp>\u200e?\[{_DATED}\]\s*){_NAME}{_SAYS}",
        rf"(?P<stamp>{_DATED}\s+[-–]\s+){_NAME}{_SAYS}",
        rf"(?P<stamp>{_STAMP}\s+){_TO}[:：]\s*",
        rf"(?P<stamp>\[?{_STAMP}\]?\s+)<(?P<name>[^<>\s][^<>\n]{{0,40}})>\s+(?=\S)",
        rf"(?P<stamp>\[{_DATED}\]\s+){_NAME}\s*$",
        rf"{_NAME},\s+(?P<stamp>\[{_DATED}\])\s*$",
        rf"{_NAME}\s+[—–-]\s+(?P<stamp>{_DATED})\s*$",
        rf"{_NAME}\s+(?P<stamp>\[?\d{{1,2}}[:.]\d\d\s?[ap]\.?m\.?\]?)\s*$",
    )
)
"""How a message begins in a chat of WhatsApp (on two kinds of telephones), Zoom, IRC, Teams, Telegram and others."""
_SYSTEM = re.compile(rf"\s*\u200e?(?:\[{_DATED}\]|{_DATED}\s+[-–])\s+(?=\S)")
"""What a messenger itself says between the messages."""
_LEFT_OUT = re.compile(r"\u200e?<[^<>\n]{3,60}>")
"""A picture or a sound that the file lacks: "<Media omitted>"."""
_BARE = re.compile(r"[\s:：]*")
_FEWEST = 3
_SAMPLE = 400


def with_writers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of a chat with its times and writers apart from what they wrote; any other text as it is.

    It is a chat if three rows begin a message in the same form, and a writer returns.
    """
    for form in _FORMS:
        found = [match for row in rows[:_SAMPLE] if row.kind is None and (match := form.match(row.text))]
        names = [match["name"].casefold() for match in found]
        if len(found) >= _FEWEST and len(set(names)) < len(names):
            return tuple(part for row in rows for part in _parts(row, form))
    return tuple(rows)


def _parts(row: Row, form: re.Pattern[str]) -> Iterator[Row]:
    match = form.match(row.text) if row.kind is None else None
    if match is None:
        system = row.kind is None and _SYSTEM.match(row.text)
        yield replace(row, kind=LineKind.NOTE) if system else row
        return
    first, (begin, end), whole = match.start("stamp"), match.span("name"), len(row.text)
    # What stands around the name is the time's: "From ... to Everyone:".
    if first < begin:
        message = match.end()
        end = message if _BARE.fullmatch(row.text, end, message) else end
        yield replace(row.part(0, begin), kind=LineKind.METADATA)
        yield replace(row.part(begin, end), kind=LineKind.SPEAKER)
        if end < message:
            yield replace(row.part(end, message), kind=LineKind.METADATA)
        if message < whole:
            left_out = _LEFT_OUT.fullmatch(row.text[message:].strip())
            yield replace(row.part(message, whole), kind=LineKind.NOTE if left_out else None)
    else:
        end += row.text.startswith(",", end)
        yield replace(row.part(0, end), kind=LineKind.SPEAKER)
        yield replace(row.part(end, whole), kind=LineKind.METADATA)
