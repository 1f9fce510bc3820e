"""The text of a message, with what its sender and the mail program put around it: a head above it, an address below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

SIGNATURE = "--"
"""A row that parts the text of a message from its sender's address (RFC 3676, 4.3)."""
_SENDER = r"from|von|de|da|van|från|fra|od"
_SUBJECT = r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat"
_OTHERS = (
    r"to|cc|bcc|reply-to|date|sent|an|kopie|gesendet|datum|à|envoyé|date|para|enviado|enviada em|fecha|data|a|inviato|"
    r"aan|verzonden|till|skickat|til|sendt|do|wysłano|attachments?"
)
_FIELD = re.compile(
    rf"(?:(?P<sender>{_SENDER})|(?P<subject>{_SUBJECT})|{_OTHERS})\s?:\s+(?P<value>\S.*)", re.IGNORECASE
)
_FEWEST_FIELDS = 3
_GREETING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)|sincerely|"
    r"(?:mit )?(?:freundlichen|besten|herzlichen) grü(?:ß|ss)en|(?:bien )?cordialement|bien à vous|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|cordiali saluti|atenciosamente|"
    r"met vriendelijke groet)[,.]?",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 12
"""Rows from the greeting on."""


def without_signature(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with those from the last sign of a signature on as furniture."""
    signs = [number for number, row in enumerate(rows) if row.text.rstrip("\r\n ") == SIGNATURE]
    return _cut(rows, signs[-1] if signs else 0)


def pasted_message(rows: Sequence[Row]) -> tuple[tuple[Row, ...], str | None]:
    """Return the rows of a text, and the subject if a message's head stands above it: "From:", "Sent:", "Subject:".

    The head is metadata then, and the greeting and what comes after it at the end is furniture.
    """
    head = {}
    for number, row in enumerate(rows):
        if field := _FIELD.fullmatch(row.content):
            head[number] = field
        elif row.content:
            break
    subjects = [field["value"].strip() for field in head.values() if field["subject"]]
    if len(head) < _FEWEST_FIELDS or not subjects or not any(field["sender"] for field in head.values()):
        return tuple(rows), None
    marked = [
        replace(row, kind=LineKind.METADATA) if number in head else row for number, row in enumerate(rows)
    ]
    filled = [number for number, row in enumerate(rows) if row.content]
    greetings = [number for number in filled[-_LONGEST_ADDRESS:] if _GREETING.fullmatch(rows[number].content)]
    return without_signature(_cut(marked, greetings[0] if greetings else 0)), subjects[0]


def _cut(rows: Sequence[Row], end: int) -> tuple[Row, ...]:
    """Return the rows, with those from `end` on as furniture, unless that is all of them."""
    return (
        (*rows[:end], *(replace(row, kind=LineKind.FURNITURE) for row in rows[end:])) if end else tuple(rows)
    )
