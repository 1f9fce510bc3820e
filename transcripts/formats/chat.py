"""Chats as messengers and meeting tools export them: each message begins with a time, or has one beside its writer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f\u00a0]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:today|yesterday)(?: at)?)"
_STAMP = rf"(?:{_DAY},?[ \u202f]+)?{_CLOCK}"
_DATED = rf"{_DAY},?[ \u202f]+{_CLOCK}"
_NAME = r"(?P<name>[^\W\d_][^:\n\[\]<>]{0,60}?)"
_TO = rf"(?:from|von|de|da)\s+{_NAME}\s+(?:to|an|à|a|para)\s+[^:\n]{{1,40}}?\s*"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<stamp>\u200e?\[{_DATED}\]\s*){_NAME}:\s+(?=\S)",
        rf"(?P<stamp>{_DATED}\s+[-–]\s+){_NAME}:\s+(?=\S)",
        rf"(?P<stamp>{_STAMP}\s+){_TO}:\s*",
        rf"(?P<stamp>\[?{_STAMP}\]?\s+)<(?P<name>[^<>\s][^<>\n]{{0,40}})>\s+(?=\S)",
        rf"(?P<stamp>\[{_DATED}\]\s+){_NAME}\s*$",
        rf"{_NAME},\s+(?P<stamp>\[{_DATED}\])\s*$",
        rf"{_NAME}\s+[—–-]\s+(?P<stamp>{_DATED})\s*$",
        rf"{_NAME}\s+(?P<stamp>\[?\d{{1,2}}[:.]\d\d[ \u202f\u00a0]?[ap]\.?m\.?\]?)\s*$",
    )
)
"""How a message begins in a chat of WhatsApp (on two kinds of telephones), Zoom, IRC, Teams, Telegram and others."""
_SYSTEM = re.compile(rf"\u200e?(?:\[{_DATED}\]|{_DATED}\s+[-–])\s+(?=\S)")
"""What a messenger itself says between the messages."""
_LEFT_OUT = re.compile(r"\u200e?<[^<>\n]{3,60}>")
"""A picture or a sound that the file lacks: "<Media omitted>"."""
_FEWEST = 3
_SAMPLE = 400


def with_writers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of a chat with its times and writers apart from what they wrote; any other text as it is.

    It is a chat if three rows begin a message in the same form, and a writer returns.
    """
    for form in _FORMS:
        found = [match for row in rows[:_SAMPLE] if (match := form.match(row.text))]
        names = [match["name"].casefold() for match in found]
        if len(found) >= _FEWEST and len(set(names)) < len(names):
            return tuple(part for row in rows for part in _parts(row, form))
    return tuple(rows)


def _parts(row: Row, form: re.Pattern[str]) -> Iterator[Row]:
    match = form.match(row.text)
    if match is None:
        system = _SYSTEM.match(row.text)
        yield replace(row, kind=LineKind.NOTE) if system else row
        return
    first, (begin, end) = match.start("stamp"), match.span("name")
    # What stands around the name is the time's: "From ... to Everyone:".
    if first < begin:
        yield Row(row.text[:begin], LineKind.METADATA)
        end = match.end() if not row.text[end : match.end()].strip(" :") else end
        yield Row(row.text[begin:end], LineKind.SPEAKER)
        yield from _rest(row.text[end:], match.end() - end)
    else:
        end += row.text.startswith(",", end)
        yield Row(row.text[:end], LineKind.SPEAKER)
        yield Row(row.text[end:], LineKind.METADATA)


def _rest(text: str, length: int) -> Iterator[Row]:
    """Yield what stands behind a name, up to the message itself, and the message."""
    if text[:length].strip(" :"):
        yield Row(text[:length], LineKind.METADATA)
    message = text[length:]
    if message:
        yield Row(message, LineKind.NOTE if _LEFT_OUT.fullmatch(message.strip()) else None)
