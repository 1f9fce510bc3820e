"""Aligning a page whatever it comes as: a web page from standard input, a Word document, a named format."""

import json
from pathlib import Path

from renderings import as_docx, as_html, as_markdown


def test_a_web_page_from_standard_input(command, page: Path, excerpt: Path, tmp_path: Path) -> None:
    web = tmp_path / "page.html"
    web.write_bytes(as_html(page.read_text(encoding="utf-8")))
    piped = ["sh", "-c", f'exec "$@" < {web}', "sh"]
    run = command("align", "-", excerpt, "-o", tmp_path / "out", "--jobs", "2", "--json", through=piped)
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout)
    assert (summary["language"], summary["language_found"]) == ("en", True)
    made = json.loads((tmp_path / "out" / "transcript.alignment.json").read_text(encoding="utf-8"))
    truth = json.loads(page.with_suffix(".truth.json").read_text(encoding="utf-8"))["lines"]
    assert [line["text"] for line in made["lines"]] == [" ".join(line["text"].split()) for line in truth]
    assert [line["speaker"] for line in made["lines"]] == [line["speaker"] for line in truth]
    assert made["transcript"]["path"] == "-"


def test_a_word_document_and_a_format_by_name(command, page: Path, excerpt: Path, tmp_path: Path) -> None:
    document = tmp_path / "page.docx"
    as_docx(page.read_text(encoding="utf-8"), document)
    run = command("align", document, excerpt, "-o", tmp_path, "--jobs", "2", "--language", "en")
    assert run.returncode == 0, run.stderr
    assert "found in the text" not in run.stdout
    assert len(json.loads((tmp_path / "page.alignment.json").read_text(encoding="utf-8"))["lines"]) > 20


def test_a_format_that_does_not_fit(command, page: Path, excerpt: Path, tmp_path: Path) -> None:
    web = tmp_path / "page.md"
    web.write_bytes(as_markdown(page.read_text(encoding="utf-8")))
    run = command("align", web, excerpt, "--from", "docx", "-o", tmp_path / "out")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith(f"asdelivered: {web} is no Word document")
    assert not (tmp_path / "out").exists()
    run = command("align", web, excerpt, "--from", "pages")
    assert run.returncode == 2
    assert "docx" in run.stderr


def test_nothing_from_standard_input(command, excerpt: Path, tmp_path: Path) -> None:
    piped = ["sh", "-c", 'exec "$@" < /dev/null', "sh"]
    run = command("align", "-", excerpt, "-o", tmp_path, through=piped)
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "asdelivered: standard input is empty: give a file with what was said at the event."
    ]
