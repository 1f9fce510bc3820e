"""The blocks of a web page in reading order, and the elements around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.invisible import visible
from asdelivered.transcripts.word_lists import read_word_lists

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WORDS = read_word_lists(__file__)
_BLOCKS = HEADINGS.keys() | _WORDS["blocks"]
_TIGHT = _WORDS["tight"]
"""Blocks without a blank line around them."""
_UNSEEN = _WORDS["unseen"]
_STYLES = {
    "b": Style.BOLD,
    "strong": Style.BOLD,
    "i": Style.ITALIC,
    "em": Style.ITALIC,
    "cite": Style.ITALIC,
    "s": Style.STRUCK,
    "strike": Style.STRUCK,
    "del": Style.STRUCK,
    "sup": Style.RAISED,
}
_HIDDEN_CLASSES = _WORDS["hidden_classes"]
_SPEAKER_CLASSES = _WORDS["speaker_classes"]
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_DEEPEST = 400
"""Elements nested deeper than this count as part of their parent."""


@dataclass(frozen=True)
class Element:
    """An element of the page: its parent, as an index into the list of elements, its tag and its names."""

    parent: int
    tag: str
    names: frozenset[str]
    """The words of its class, id and role attributes."""
    raised_to: str = ""
    """Where it points to within the page, in lower case, if it is a raised link, as a footnote mark is."""


@dataclass
class Block:
    """A run of text without a block inside, as rows. `element` is the index of the element around it."""

    element: int
    heading: int
    rows: list[Row]
    tight: bool
    letters: int
    """How many letters and digits it has."""
    linked: int
    """How many of these are in links."""
    rule: bool = False
    """It is a line across the page, not text."""
    pre: bool = False
    """Its blanks and lines are as somebody typed them."""


@dataclass
class Blocks:
    """All blocks of a page, and its elements, parents before children."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class _State:
    """What holds inside an element."""

    element: int = 0
    depth: int = 0
    heading: int = 0
    styles: frozenset[Style] = frozenset()
    link: bool = False
    pre: bool = False


def read_blocks(page: LexborHTMLParser) -> Blocks:
    """Return the blocks of a page; whatever a browser does not show is left out."""
    result = Blocks([], [Element(-1, "html", frozenset())])
    writer = _Writer(result)
    # Not recursive: pages may be nested deeper than Python's stack.
    body = page.body
    pending: list[tuple[LexborNode | None, _State, bool]] = (
        [(body, _State(), True)] if body is not None else []
    )
    while pending:
        node, state, entering = pending.pop()
        if node is None:
            continue
        tag = str(node.tag)
        if not entering:
            writer.leave(tag)
            continue
        if node is not body and node.next is not None:
            pending.append((node.next, state, True))
        if tag == "-text":
            writer.write(node.text_content or "", state)
        elif not tag.startswith("-"):
            inside = _inside(node, tag, state, result)
            if inside is not None:
                writer.enter(tag, inside)
                pending.append((node, state, False))
                pending.append((node.child, inside, True))
    writer.end_block()
    return result


def names_speaker(element: Element) -> bool:
    """Return whether an element calls itself a speaker."""
    return not _SPEAKER_CLASSES.isdisjoint(element.names)


def _inside(node: LexborNode, tag: str, state: _State, result: Blocks) -> _State | None:
    """Return what holds inside an element; None where nobody sees it."""
    if tag in _UNSEEN:
        return None
    attributes = node.attributes
    names: frozenset[str] = frozenset()
    styles = state.styles
    if attributes:
        # Word marks so what a tracked change deleted.
        if tag == "del" and ("datetime" in attributes or "cite" in attributes):
            return None
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return None
        style = attributes.get("style") or ""
        if style:
            if _HIDDEN_STYLE.search(style):
                return None
            styles |= {Style.BOLD} if _BOLD_STYLE.search(style) else set()
            styles |= {Style.ITALIC} if _ITALIC_STYLE.search(style) else set()
        names = _names(attributes)
        if names & _HIDDEN_CLASSES:
            return None
        if "timestamp" in names:
            styles |= {Style.UNSPOKEN}
        if names & _SPEAKER_CLASSES:
            styles |= {Style.BOLD}
    if tag in _STYLES:
        styles |= {_STYLES[tag]}
    element, depth = state.element, state.depth
    if (tag in _BLOCKS or names or tag == "a") and depth < _DEEPEST:
        href = (attributes.get("href") or "") if tag == "a" and Style.RAISED in styles else ""
        result.elements.append(Element(element, tag, names, href[1:].lower() if href.startswith("#") else ""))
        element, depth = len(result.elements) - 1, depth + 1
    return _State(
        element,
        depth,
        HEADINGS.get(tag, state.heading),
        styles,
        state.link or (tag == "a" and "href" in attributes) or tag == "button",
        state.pre or tag == "pre",
    )


def _names(attributes: dict[str, str | None]) -> frozenset[str]:
    given = " ".join(
        attributes[name] or "" for name in ("class", "id", "role", "itemprop") if name in attributes
    )
    if not given.strip():
        return frozenset()
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", given)
    return frozenset(given.lower().split()) | frozenset(re.split(r"[\s_:/.-]+", spread.lower()))


def _letters_in(text: str) -> int:
    """Return how many letters and digits a text has."""
    if text.isascii():
        return len(text.encode("ascii").translate(None, _NO_LETTERS))
    return sum(map(str.isalnum, text))


class _Writer:
    """Joins text into rows and rows into blocks, as a browser lays them out."""

    def __init__(self, result: Blocks) -> None:
        self.result = result
        self.rows: list[Row] = []
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.letters = self.linked = 0
        self.state = _State()
        self.tight = True

    def enter(self, tag: str, state: _State) -> None:
        if tag == "br":
            self.end_row()
        elif tag in _BLOCKS:
            self.end_block()
            self.tight = self.tight and tag in _TIGHT
            if tag == "hr":
                self.result.blocks.append(Block(state.element, 0, [Row("\n")], False, 0, 0, rule=True))

    def leave(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self.tight = self.tight and tag in _TIGHT

    def write(self, text: str, state: _State) -> None:
        """Add text to the row, with blanks as a browser shows them."""
        self.state = state if not self.pieces else self.state
        text = visible(text)
        if state.pre:
            first, *others = text.split("\n")
            self._add(first, state)
            for other in others:
                self.end_row()
                self._add(other, state)
            return
        if "  " in text or not text.isprintable():
            text = _BLANKS.sub(" ", text)
        if not self.length or self.pieces[-1].endswith(" "):
            text = text.removeprefix(" ")
        self._add(text, state)

    def _add(self, text: str, state: _State) -> None:
        if not text:
            return
        self.marks += [Mark(self.length, self.length + len(text), style) for style in sorted(state.styles)]
        self.pieces.append(text)
        self.length += len(text)
        count = _letters_in(text)
        self.letters += count
        self.linked += count if state.link else 0

    def end_row(self) -> None:
        text = "".join(self.pieces)
        kept = text if self.state.pre else text.rstrip(" ")
        end = len(kept)
        marks = tuple(replace(mark, end=min(mark.end, end)) for mark in self.marks if mark.start < end)
        self.rows.append(Row(kept + "\n", marks=marks))
        self.pieces, self.length, self.marks = [], 0, []

    def end_block(self) -> None:
        if self.pieces or self.rows:
            self.end_row()
        if any(row.content for row in self.rows):
            rows = self.rows
            while not rows[-1].content:
                rows.pop()
            while not rows[0].content:
                rows.pop(0)
            block = Block(
                self.state.element,
                self.state.heading,
                rows,
                self.tight,
                self.letters,
                self.linked,
                pre=self.state.pre,
            )
            self.result.blocks.append(block)
            self.tight = True
        self.rows, self.letters, self.linked = [], 0, 0
