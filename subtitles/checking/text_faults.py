"""Faults of the text itself: signs that are not the right ones, what is not closed, what is shown twice.

They are for captions that somebody wrote. Where the text is verbatim, an official transcript's, it is not for a
captioner to change, and these rules are off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind

Fault = tuple[int, int | None, str, str]
"""The number of the cue, counted from 0, that of the line or None, what was found, and what should be there."""

_BLANK_BEFORE = re.compile(r"(?<=\w) ([,!?]|[:;](?![-)(DP])|\.(?![\w.]))")
_FRENCH = ";:!?"
"""Signs with a (thin) blank before them in French."""
_ACCENT = re.compile(r"\w[´`]\w|\w´(?=\s|$)")
_TWO_BLANKS = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_UNHEARD = re.compile(
    r"[\[(](?:(?:inaudible|unintelligible|indecipherable|indiscernible|unclear|unverständlich|inintelligible|ininteligible"
    r"|incomprensibile|inudibile|onverstaanbaar|inaudível|niesłyszalne|неразборчиво|нерозбірливо)\b[^\[\]()]*"
    r"|\?+)[\])]|\?{3,}",
    re.IGNORECASE,
)
_FACE = re.compile(r"[:;=]['-]?[)\]]|(?:^|(?<=[\s(]))\w{1,3}[.]?\)")
"""A smile, and the letter or the number of an item: ":)", "b)"."""
_TWO_POINTS = re.compile(r"(?<!\.)\.\.(?!\.)")
_TAG = re.compile(r"<(/?)([ibu])>")
_OPENS = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"“](?=\w)")
_CLOSES = re.compile(r"(?<=\S)[\"”](?!\w)")
_DASH = re.compile(r"\s*(?:<[ibu]>)*[-–—‐]\s*(?=[^\s-])")
_CLOSE_BY = 50
"""Milliseconds within which a text that comes again is rolled up or doubled, and not said twice."""
_LONGEST_QUOTE = 40
"""Captions that a quotation runs through before its mark is taken for forgotten."""
_DIGITS = re.compile(
    r"(?:^|(?<=[\s“\"(]))(?:[1-9]|10)(?=[\s,;!?]|\.?$|\. )"
    r"(?!\s(?:[ap]\.?m\b|[A-Z]|%|percent\b|o['’´]clock|(?:m|b|tr)illion\b))"
)
_NAMED = re.compile(r"[A-Z]\w*\.? $|[$£€#°] ?$|\d[ -]$")
"""What stands before a number that counts nothing: "Article 5", "Rule 2"."""
_SENTENCE_NUMBER = re.compile(r"(?:^|(?<=[.!?] ))\d+(?=\s)")


def text_faults(cues: Sequence[Cue], kind: Kind, language: str) -> Iterator[Fault]:
    """Yield the faults of one kind of TEXT_KINDS in captions of a language, an ISO 639-1 code."""
    yield from _FINDERS[kind](cues, language.lower().split("-")[0])


def _typography(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    for number, line, text in _lines(cues):
        for found in _BLANK_BEFORE.finditer(text):
            if language != "fr" or found[1] not in _FRENCH:
                yield number, line, f"a blank before “{found[1]}”", "none"
        if _ACCENT.search(text):
            yield number, line, "an accent for an apostrophe", "’ or '"
        if _TWO_POINTS.search(text):
            yield number, line, "two points", "one, or an ellipsis"
        if _TWO_BLANKS.search(text):
            yield number, line, "two blanks", "one"


def _repeated(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    for number in range(1, len(cues)):
        before, cue = cues[number - 1], cues[number]
        lines = [line.strip() for line in cue.lines if line.strip()]
        shown = [line.strip() for line in before.lines if line.strip()]
        at_once = 0 <= cue.span.start - before.span.end <= _CLOSE_BY or cue.span == before.span
        if not lines or before.place != cue.place or not at_once:
            continue
        if lines == shown or (len(" ".join(lines).split()) > 1 and " ".join(lines) == " ".join(shown)):
            yield number, None, "the text of the caption before", "each text once"
        elif len(lines) > 1 and len(lines[0].split()) > 2 and lines[0] == shown[-1]:
            yield number, 0, "a line of the caption before, rolled up", "each text once"


def _unclosed(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    quoted: int | None = None
    for number, cue in enumerate(cues):
        text = "\n".join(cue.lines)
        open_tags: list[str] = []
        for tag in _TAG.finditer("\n".join(cue.marked)):
            if not tag[1]:
                open_tags.append(tag[2])
            elif tag[2] in open_tags:
                open_tags.remove(tag[2])
        for name in open_tags:
            yield number, None, f"<{name}> is not closed", f"</{name}>"
        for first, last in ("()", "[]"):
            closed = _FACE.sub("", text).count(last)
            if text.count(first) > text.count(last):
                yield number, None, f"“{first}” is not closed", f"“{last}”"
            elif closed > text.count(first):
                yield number, None, f"“{last}” without “{first}”", "both or none"
        marks = sorted(
            [(found.start(), True) for found in _OPENS.finditer(text)]
            + [(found.start(), False) for found in _CLOSES.finditer(text)]
        )
        for _, opens in marks:
            quoted = number if opens and quoted is None else None if not opens else quoted
        if quoted is not None and (number - quoted >= _LONGEST_QUOTE or number == len(cues) - 1):
            yield quoted, None, "a quotation mark is not closed", "a closing one"
            quoted = None


def _unheard(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    for number, line, text in _lines(cues):
        for found in _UNHEARD.finditer(text):
            yield number, line, f"“{found[0]}”", "words, or a description of the sound"


def _dialogue(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    for number, cue in enumerate(cues):
        begun = [_DASH.match(line) is not None for line in cue.lines]
        if len(begun) == 2 and begun[0] != begun[1]:
            yield number, None, "one line with a dash and one without", "a dash for each of two speakers"


def _numbers(cues: Sequence[Cue], language: str) -> Iterator[Fault]:
    if language != "en":
        return
    sentence_over = True
    for number, line, text in _lines(cues):
        start = _SENTENCE_NUMBER.search(text)
        if start is not None and (start.start() or sentence_over):
            yield number, line, f"a sentence begins with {start[0]}", "numbers there are written out"
        else:
            for found in _DIGITS.finditer(text):
                if not _NAMED.search(text[: found.start()]):
                    yield number, line, f"“{found[0]}” as a figure", "one to ten are written out"
        sentence_over = text.rstrip("\"”')").endswith((".", "!", "?"))


def _lines(cues: Sequence[Cue]) -> Iterator[tuple[int, int, str]]:
    for number, cue in enumerate(cues):
        for line, text in enumerate(cue.lines):
            yield number, line, text


_FINDERS: Mapping[Kind, Callable[[Sequence[Cue], str], Iterator[Fault]]] = MappingProxyType(
    {
        Kind.TYPOGRAPHY: _typography,
        Kind.REPEATED: _repeated,
        Kind.UNCLOSED: _unclosed,
        Kind.UNHEARD: _unheard,
        Kind.DIALOGUE: _dialogue,
        Kind.NUMBERS: _numbers,
    }
)
TEXT_KINDS = tuple(_FINDERS)
"""The kinds of rules about the text itself."""
