"""The code in a document: its fenced blocks, in order, and the output that they should give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt


@dataclass(frozen=True)
class Step:
    """Something to run: a line of shell or a block of Python, and its output in the document (None if not shown)."""

    language: str
    code: str
    output: str | None
    line: int


def blocks(document: Path) -> list[tuple[str, str, int]]:
    """Return the language, the text and the line of each fenced block and of each indented one ("indented")."""
    found = []
    for token in MarkdownIt().parse(document.read_text("utf-8")):
        if token.type in ("fence", "code_block"):
            language = (token.info.split() or ["plain"])[0] if token.type == "fence" else "indented"
            found.append((language, token.content, (token.map or [0])[0] + 1))
    return found


def steps(document: Path) -> Iterator[Step]:
    """Yield what to run: each console line after "$ ", and each Python block with the text block that follows it."""
    found = blocks(document)
    for place, (language, text, line) in enumerate(found):
        if language == "python":
            shown = found[place + 1] if place + 1 < len(found) else ("", "", 0)
            yield Step("python", text, shown[1] if shown[0] == "text" else None, line)
        elif language == "console":
            parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
            assert not parts[0].strip(), f"{document}:{line}: a console begins with a command"
            for part in parts[1:]:
                code, _, output = part.partition("\n")
                yield Step("console", code, output or None, line)


NEAR = 0.5
"""How much a number with decimals (a time, a confidence) may differ from the one shown."""
_NUMBER = re.compile(r"\d+\.\d+")


def agrees(output: str, shown: str) -> bool:
    """Return whether an output is the one shown, in which "..." stands for anything."""
    pieces = re.split(r"\s*\.{3,}\s*", _even(shown))
    pattern = ".*?".join(r"(\d+\.\d+)".join(map(re.escape, _NUMBER.split(piece))) for piece in pieces)
    found = re.fullmatch(pattern, _even(output), re.DOTALL)
    numbers = [number for piece in pieces for number in _NUMBER.findall(piece)]
    return found is not None and all(
        abs(float(one) - float(other)) <= NEAR for one, other in zip(found.groups(), numbers, strict=True)
    )


def _even(text: str) -> str:
    """Return a text without trailing blanks in its lines and without empty lines at either end.

    Tables are as wide as what takes a machine longest to do: their width is no matter.
    """
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(" +│", " │", re.sub("─+", "─", lines))
