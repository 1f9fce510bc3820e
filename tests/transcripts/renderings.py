"""Render a plain page as other programs would: a web page, a Word document, a PDF file, Markdown."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import font_roboto
from fpdf import FPDF

FONTS = Path(font_roboto.__file__).parent / "files"

FRAME = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Institution</title>
<style>.x{{color:red}}</style><script>var a = "<p>no text</p>";</script></head>
<body class="page">
<a class="skip-link" href="#main">Skip to main content</a>
<header class="site-header"><a href="/"><img alt="logo" src="l.png"></a>
<nav aria-label="Main"><ul><li><a href="/about">About us</a></li><li><a href="/news">News</a></li></ul></nav>
<form role="search"><label>Search</label><input name="q"><button>Go</button></form></header>
<div class="breadcrumb"><a href="/">Home</a> / <a href="/opinions">Speeches</a></div>
<main id="main"><div class="content">
{body}
</div>
<div class="social-share"><span>Share this</span>
<ul><li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul></div>
<section class="related"><h2>Related speeches</h2>
<ul><li><a href="/1">A speech about bees</a></li><li><a href="/2">A speech about honey</a></li></ul></section>
</main>
<footer><p>© Institution. All rights reserved. The views on this page are those of the people who said them.</p>
<ul><li><a href="/privacy">Privacy</a></li><li><a href="/contact">Contact</a></li></ul></footer>
<div class="cookie-banner"><p>We use cookies to make this site work. Do you accept all of them?</p>
<button>Accept</button></div>
</body></html>
"""


def stanzas(text: str) -> Iterator[list[str]]:
    """The paragraphs of a text: lines without a blank one between them."""
    for stanza in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in stanza.split("\n") if line.strip()]
        if lines:
            yield lines


def as_html(text: str) -> bytes:
    """A web page with all that surrounds the text of one; the first line is its title."""
    parts = []
    for number, lines in enumerate(stanzas(text)):
        tag = "h1" if number == 0 else "p"
        parts.append(f"<{tag}>" + "<br>\n".join(map(html.escape, lines)) + f"</{tag}>")
    title = html.escape(next(iter(stanzas(text)))[0])
    return FRAME.format(title=title, body="\n".join(parts)).encode()


def as_markdown(text: str) -> bytes:
    """Markdown, with what would be read as markup escaped."""
    parts = []
    for number, lines in enumerate(stanzas(text)):
        escaped = [line if line == "***" else _escaped(line) for line in lines]
        parts.append(("# " if number == 0 else "") + "  \n".join(escaped))
    return "\n\n".join(parts).encode() + b"\n"


def _escaped(line: str) -> str:
    line = re.sub(r"([\\`*_\[\]#<>|~&])|^([-+])(?=\s|$)", r"\\\1\2", line)
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)


def as_docx(text: str, path: Path) -> None:
    """A Word document: a paragraph for each, with line breaks in it, a header and a footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Press office – for immediate release"
    document.sections[0].footer.paragraphs[0].text = "www.example.org"
    for number, lines in enumerate(stanzas(text)):
        paragraph = document.add_heading(level=1) if number == 0 else document.add_paragraph()
        for at, line in enumerate(lines):
            if at:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
    document.save(str(path))


class _Printed(FPDF):
    def header(self) -> None:
        self.set_font("Roboto", size=8)
        self.cell(text="Press office: speeches and transcripts", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Roboto", size=8)
        self.cell(0, 10, f"Page {self.page_no()} of {{nb}}", align="C")


def as_pdf(text: str, path: Path, size: float = 11, width: float = 160) -> None:
    """A PDF file with running heads and page numbers. `size` in points, `width` of the text in mm."""
    page = _Printed()
    for style, file in (("", "Regular"), ("B", "Bold"), ("I", "Italic")):
        page.add_font("Roboto", style, FONTS / f"Roboto-{file}.ttf")
    page.set_margins((210 - width) / 2, 20)
    page.add_page()
    for number, lines in enumerate(stanzas(text)):
        page.set_font("Roboto", "B" if number == 0 else "", 18 if number == 0 else size)
        for line in lines:
            page.multi_cell(0, size * 0.48, line, align="L", new_x="LMARGIN", new_y="NEXT")
        page.ln(size * 0.3)
    page.output(str(path))
