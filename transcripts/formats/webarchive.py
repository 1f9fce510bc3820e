"""Web pages as Safari saves them (.webarchive): a property list with the page's source in it."""

from __future__ import annotations

from asdelivered.base.reading import foreign
from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import html
from asdelivered.transcripts.source import Source


def read(source: Source) -> Document:
    """Read the page in a web archive. Raises TranscriptError if it is damaged, or has no page of text in it."""
    import plistlib
    from xml.parsers.expat import ExpatError

    with foreign(source.name, "web archive", TranscriptError, ExpatError, OverflowError, TypeError):
        archive = plistlib.loads(source.data)
    page = archive.get("WebMainResource") if isinstance(archive, dict) else None
    page = page if isinstance(page, dict) else {}
    data, kind, charset = (
        page.get(f"WebResource{name}") for name in ("Data", "MIMEType", "TextEncodingName")
    )
    if not isinstance(data, bytes) or kind not in ("text/html", "application/xhtml+xml"):
        raise TranscriptError(f"{source.name} is a property list without a web page: give the page itself.")
    return html.read_html(
        decode(Source(source.name, data), charset if isinstance(charset, str) else None), source.name
    )
