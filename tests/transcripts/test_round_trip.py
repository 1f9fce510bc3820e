"""Whatever is written into a document comes out of it, to the character."""

import io
import re
from pathlib import Path
from random import Random

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renderings import as_html, as_markdown, as_pdf

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source

SAMPLE = """
the and we ready NATO's “quoted” 7 to 8% — café … *star* _under_ a<b &amp; [sic] ~~x~~ # 1. - > | `code` “Türkiye’s”
long-term www.nato.int 10.000 łódź <b> Ann: (laughter) \\n
"""
WORDS = SAMPLE.split()
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
stanzas = st.lists(lines.filter(lambda line: any(map(str.isalnum, line))), min_size=1, max_size=4)
texts = st.lists(stanzas.map("\n".join), min_size=1, max_size=5).map("\n\n".join)


def bare(text: str) -> str:
    return "".join(text.split())


def characters(document: Document) -> str:
    return bare("".join(row.text for row in document.rows))


@given(texts)
def test_a_web_page(text: str) -> None:
    _, document = read_document(Source("page", as_html(text)))
    assert bare(text) in characters(document)


@given(texts)
def test_markdown(text: str) -> None:
    _, document = read_document(Source("page", as_markdown(text)), "md")
    assert characters(document) == bare(text)


@given(texts)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_word_document(text: str) -> None:
    word = docx.Document()
    for line in text.split("\n"):
        word.add_paragraph(line)
    saved = io.BytesIO()
    word.save(saved)
    _, document = read_document(Source("page", saved.getvalue()))
    assert characters(document) == bare(text)


@pytest.mark.parametrize("seed", range(12))
def test_a_pdf_file(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    lines = [" ".join(random.choices(WORDS, k=random.randint(1, 14))) for _ in range(30)]
    text = "The title of it\n\n" + "\n".join(line + random.choice(["", "\n"]) for line in lines)
    file = tmp_path / "page.pdf"
    as_pdf(text, file)
    _, document = read_document(Source("page", file.read_bytes()))
    # One page has no running head that could be told; a hyphen at the end of a line may be the printer's.
    shown = re.sub(r"-|Page\d+of\d+|Pressoffice:speechesandtranscripts", "", characters(document))
    assert shown == bare(text).replace("-", "")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_plain_text(text: str) -> None:
    _, document = read_document(Source("page", text.encode()), "txt")
    # Zero-width spaces, word joiners and soft hyphens are not seen; where the last of them part words, they stay.
    assert visible("".join(row.text for row in document.rows)) == visible(text)


def visible(text: str) -> str:
    return re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)
