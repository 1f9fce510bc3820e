"""Read the XML of a parliament. Another vocabulary is a module with a `grammar` function and a row in `_GRAMMARS`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.parliaments import akoma_ntoso, bundestag, tei
from asdelivered.transcripts.formats.parliaments.rows import Grammar, local_name, rows_of
from asdelivered.transcripts.source import Source

_GRAMMARS: Mapping[str, Callable[[ET.Element], Grammar]] = {
    "akomaNtoso": akoma_ntoso.grammar,
    "TEI": tei.grammar,
    "dbtplenarprotokoll": bundestag.grammar,
}
"""By the local name of the root element."""
_READ = "Akoma Ntoso, ParlaMint's TEI and the Bundestag's dbtplenarprotokoll"


def read(source: Source) -> Document:
    """Read the XML of a parliament.

    Raises TranscriptError if it is damaged, defines entities, is in another vocabulary, or nobody speaks in it.
    """
    root = _parsed(source)
    name = local_name(root)
    if name not in _GRAMMARS:
        raise TranscriptError(
            f"{source.name} is XML with the root <{name}>, which is not read: the XML that is read is {_READ}. "
            "Save its text, or the page made from it."
        )
    grammar = _GRAMMARS[name](root)
    rows = tuple(rows_of(root, grammar))
    if not any(row.kind is None and row.content for row in rows):
        raise TranscriptError(f"{source.name} has no speech: check that it is the record of a sitting.")
    return Document(
        rows, title=grammar.title, date=grammar.date, language=grammar.language, speakers_named=True
    )


def _parsed(source: Source) -> ET.Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: ET.Element = fromstring(source.data)
    except DefusedXmlException as error:
        raise TranscriptError(
            f"{source.name} defines entities, which is refused: get the file from the parliament itself."
        ) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        raise TranscriptError(f"{source.name} is damaged XML ({error}): get it anew.") from error
    return root
