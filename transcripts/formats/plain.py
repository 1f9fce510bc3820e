"""Plain text: a row per line, or per paragraph where the lines were wrapped at a width."""

from __future__ import annotations

from asdelivered.transcripts.document import Document, text_rows
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.formats.line_numbers import mark_line_numbers
from asdelivered.transcripts.formats.messages.chat import with_writers
from asdelivered.transcripts.formats.messages.message_text import pasted_message, unquoted
from asdelivered.transcripts.formats.row_names import without_row_names
from asdelivered.transcripts.formats.running_heads import mark_running_heads
from asdelivered.transcripts.formats.wrapping import unwrapped
from asdelivered.transcripts.invisible import hides_any, without_invisible
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read a plain text."""
    return read_text(decode(source))


def read_text(text: str) -> Document:
    """Read a plain text that has been decoded; one that was copied from a message has its subject for a title."""
    text = without_row_names(text)
    shown = text_rows(text)
    if hides_any(text):
        shown = without_invisible(shown)
    rows, subject = pasted_message(
        unwrapped(mark_running_heads(mark_line_numbers(with_writers(unquoted(shown)))))
    )
    return Document(rows, title=subject)
