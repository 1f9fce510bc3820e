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
_QUOTED = re.compile(r">(?:[ \t]?>)*[ \t]?(?!>)")
"""What a mail program puts before each line of the message that is answered."""
_FEWEST_QUOTED = 3
_WROTE = re.compile(
    r".{3,120}\b(?:wrote|schrieb\b.{0,60}|a écrit|escribió|ha scritto|escreveu|schreef.{0,60}|napisał(?:\(a\))?|"
    r"skrev.{0,60})\s?:",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"-{3,}\s*[^\W\d_][^-\n]{5,60}[^\W\d_]\s*-{3,}|Begin forwarded message:", re.IGNORECASE
)
"""What stands above the head of a message that was forwarded."""
_MOST_ABOVE = 12
"""Rows of the note above a forwarded message."""
_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|vb|antw|doorst|odp)\s?:\s*)+", re.IGNORECASE)
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
    signs = [number for number, row in enumerate(rows) if row.content == SIGNATURE]
    return _cut(rows, signs[-1] if signs else 0)


def unquoted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows without the signs that a mail program put before those of the message that is answered.

    The row above that says who wrote it, and when, is metadata.
    """
    quoted = [number for number, row in enumerate(rows) if row.text[:1] == ">"]
    # Captions have two signs where another person begins to speak.
    single = sum(not rows[number].text.startswith(">>") for number in quoted)
    if single < max(_FEWEST_QUOTED, len(quoted) / 2):
        return tuple(rows)
    within = set(quoted)
    return tuple(
        replace(row, text=row.text[found.end() :] if (found := _QUOTED.match(row.text)) else row.text)
        if number in within
        else replace(row, kind=LineKind.METADATA)
        if _WROTE.fullmatch(row.content) and within & {number + 1, number + 2}
        else row
        for number, row in enumerate(rows)
    )


def subject_of(text: str) -> str | None:
    """Return a subject without what shows that it is an answer, or was forwarded: "Re: Fwd: The harbour"."""
    subject = " ".join(text.split())
    return _ANSWER.sub("", subject, count=1).strip() if _ANSWER.match(subject) else subject or None


def pasted_message(rows: Sequence[Row]) -> tuple[tuple[Row, ...], str | None]:
    """Return the rows of a text, and the subject if a message's head stands above it: "From:", "Sent:", "Subject:".

    The head is metadata then, the greeting and what comes after it at the end is furniture, and so is a short note
    above a message that was forwarded.
    """
    begin = _forwarded(rows)
    head = {}
    for number, row in enumerate(rows[begin:], begin):
        if field := _FIELD.fullmatch(row.content):
            head[number] = field
        elif row.content:
            break
    subjects = [field["value"].strip() for field in head.values() if field["subject"]]
    if len(head) < _FEWEST_FIELDS or not subjects or not any(field["sender"] for field in head.values()):
        return tuple(rows), None
    marked = [
        replace(row, kind=LineKind.METADATA)
        if number in head or number == begin - 1
        else replace(row, kind=LineKind.FURNITURE)
        if number < begin
        else row
        for number, row in enumerate(rows)
    ]
    filled = [number for number, row in enumerate(rows) if row.content]
    greetings = [
        number
        for number in filled[-_LONGEST_ADDRESS:]
        if number > begin and _GREETING.fullmatch(rows[number].content)
    ]
    return without_signature(_cut(marked, greetings[0] if greetings else 0)), subject_of(subjects[0])


def _forwarded(rows: Sequence[Row]) -> int:
    """Return the row below the one that says that a message was forwarded; 0 where none says so above the text."""
    filled = 0
    for number, row in enumerate(rows):
        if _FORWARDED.fullmatch(row.content):
            return number + 1
        filled += bool(row.content)
        if filled > _MOST_ABOVE:
            break
    return 0


def _cut(rows: Sequence[Row], end: int) -> tuple[Row, ...]:
    """Return the rows, with those from `end` on as furniture, unless that is all of them."""
    return (
        (*rows[:end], *(replace(row, kind=LineKind.FURNITURE) for row in rows[end:])) if end else tuple(rows)
    )
