"""The pages of by_hand/, and what is expected of each word (by_hand/README.md)."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from asdelivered.transcripts.model import LineKind, Transcript

PAGES = sorted(page for page in (Path(__file__).parent / "by_hand").iterdir() if page.suffix != ".md")
AS_PRINTED = sorted((Path(__file__).parent / "by_hand_as_printed").iterdir())
"""Pages whose labels need the signs that other ways to set them take away: they are read as they are printed only."""
MARKED = re.compile(r"(?P<kind>S:(?P<who>[^|]+)|[U?])\|(?P<text>.*)")


@dataclass(frozen=True)
class Word:
    """A word, and who says it: "" is nobody, "-" somebody without a name, None whoever it may be."""

    text: str
    who: str | None


def source(page: Path) -> str:
    """The page without the marks."""
    rows = [
        match["text"] if (match := MARKED.fullmatch(row)) else row
        for row in page.read_text(encoding="utf-8").splitlines()
    ]
    text = re.sub(r"[{}]", "", "\n".join(rows)) + "\n"
    return f"<!DOCTYPE html><html><body>\n{text}</body></html>" if page.suffix == ".html" else text


def shown_rows(page: Path) -> list[tuple[str, str]]:
    """The rows of a plain page: the label that shares a row with speech, and the rest of the row."""
    rows = []
    for row in page.read_text(encoding="utf-8").splitlines():
        match = MARKED.fullmatch(row)
        label, brace, rest = (match["text"] if match else row).rpartition("}")
        rows.append((label.replace("{", "") if brace else "", rest.replace("{", "")))
    return rows


def expected(page: Path) -> list[Word]:
    words = []
    for match in filter(None, map(MARKED.fullmatch, page.read_text(encoding="utf-8").splitlines())):
        before, brace, after = match["text"].rpartition("}")
        who = None if match["kind"] == "?" else match["who"] or ""
        words += [Word(word, "") for word in shown(before, page) if brace]
        words += [Word(word, who) for word in shown(after, page)]
    return [word for word in words if word.text != "WEBVTT"]


def shown(text: str, page: Path) -> list[str]:
    """The words that a person sees of a line."""
    if page.suffix == ".md":
        text = re.sub(r"\*\*|(?<!\w)\*(?!\s)|(?<!\s)\*(?!\w)|^#+ ", "", text)
    elif page.suffix in (".html", ".vtt"):
        text = html.unescape(re.sub(r"</?[a-z][^<>]*>", "", text))
    return text.replace("{", "").split()


def read_words(transcript: Transcript) -> list[Word]:
    return [
        Word(word, (turn.speaker or "-") if line.kind is LineKind.SPOKEN else "")
        for turn in transcript.turns
        for line in turn.lines
        for word in line.text.split()
    ]


def fits(read: Word, wanted: Word) -> bool:
    if not read.who or not wanted.who:
        return wanted.who is None or read.who == wanted.who
    return wanted.who == "-" or wanted.who.casefold() in (read.who or "").casefold()
