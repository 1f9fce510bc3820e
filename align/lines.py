"""The aligned lines of the document, from the tokens with their times."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Phrase, Settled, Status
from asdelivered.align.line_edges import FAR, MOVED_FAR
from asdelivered.align.script import Script
from asdelivered.align.values.timed_token import TimedToken
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.model import LineKind

EITHER = 0.5
"""The confidence, at most, of a line that was said once where the text has it twice in a row: it may be either."""


def write_lines(
    script: Script,
    tokens: Sequence[TimedToken],
    spans: Mapping[int, TimeSpan],
    most: Mapping[int, float] | None = None,
) -> tuple[AlignedLine, ...]:
    """Return the lines of the script, whose `tokens` have times; `spans` has each line with a time, by its number.

    `most` has the confidence that each of these may have at most.
    """
    by_line: list[list[TimedToken]] = [[] for _ in script.lines]
    for entry in tokens:
        by_line[entry.token.line].append(entry)
    written = (_line(script, number, entries, spans.get(number)) for number, entries in enumerate(by_line))
    most = most or {}
    return tuple(_at_most(line, most.get(number, 1.0)) for number, line in enumerate(written))


def said_once(tokens: Sequence[TimedToken], timed: Collection[int]) -> set[int]:
    """Return the lines, of those that are `timed`, beside one of the same words that is not."""
    words: dict[int, list[str]] = {}
    for entry in tokens:
        words.setdefault(entry.token.line, []).extend(entry.token.spoken)
    return {
        one if one in timed else other
        for one, other in pairwise(words)
        if words[one] and words[one] == words[other] and (one in timed) != (other in timed)
    }


def summarised(line: AlignedLine, sounding: Sequence[AlignedWord]) -> AlignedLine:
    """Return a line that has a time with the status and the confidence that follow from its `sounding` words.

    A line that begins or ends far from its words is less certain than they are.
    """
    confidence = sum(word.confidence or 0.0 for word in sounding) / max(1, len(sounding))
    return replace(
        line,
        status=_status([word.status for word in sounding]),
        confidence=confidence * MOVED_FAR if _reaches_far(line) else confidence,
    )


def settle(lines: Sequence[AlignedLine], script: Script) -> tuple[AlignedLine, ...]:
    """Return the lines of the script with what the recording shows of those that the page leaves in doubt.

    Where the name before speech was not heard, it is a label: from there on, the turn is that speaker's. A label that
    was heard is speech: the speaker before it goes on.
    """
    found: list[AlignedLine] = []
    turn, speaker = "", None
    for line, (own, source) in zip(lines, script.lines, strict=True):
        before = speaker
        if own.id != turn:
            turn, speaker = own.id, own.speaker
        settled = _settled(line, source.optional)
        if source.kind is LineKind.SPEAKER and settled is Settled.SPOKEN:
            speaker = before
        if settled is Settled.LABEL:
            speaker = " ".join(word.text for word in line.words[: source.optional]).rstrip(":： ")
        found.append(replace(line, speaker=speaker, settled=settled))
    return tuple(found)


def _settled(line: AlignedLine, optional: int) -> Settled | None:
    """Return what the recording shows of a line whose first so many words are `optional`."""
    if optional == len(line.words) > 0:
        return Settled.UNSPOKEN if line.span is None else Settled.SPOKEN
    if optional == 0 or line.span is None:
        return None
    heard = any(word.span is not None for word in line.words[:optional])
    return Settled.SPOKEN if heard else Settled.LABEL


def _line(script: Script, number: int, entries: Sequence[TimedToken], span: TimeSpan | None) -> AlignedLine:
    turn, line = script.lines[number]
    parts: list[list[TimedToken]] = [[] for _ in line.tokens]
    for entry in entries:
        parts[entry.token.word].append(entry)
    words = tuple(_word(source.text, own) for source, own in zip(line.tokens, parts, strict=True))
    aligned = AlignedLine(
        line.id, turn.id, turn.speaker, line.text, Status.UNSPOKEN, span=None, confidence=None, words=words
    )
    if span is None:
        return aligned
    sounding = [
        word
        for word, own in zip(words, parts, strict=True)
        if any(entry.token.pronunciations for entry in own) and (word.span or not own[0].token.may_be_label)
    ]
    return summarised(replace(aligned, span=span), sounding)


def _at_most(line: AlignedLine, confidence: float) -> AlignedLine:
    return line if line.confidence is None else replace(line, confidence=min(line.confidence, confidence))


def _word(text: str, parts: Sequence[TimedToken]) -> AlignedWord:
    """Return a word of the document: in a script without blanks it has several parts, and lasts from first to last."""
    if len(parts) == 1:
        return AlignedWord(text, parts[0].status, parts[0].span, parts[0].confidence)
    timed = [one for one in parts if one.span is not None]
    if not timed:
        return AlignedWord(text, Status.UNSPOKEN, None, None)
    spans = [one.span for one in timed if one.span is not None]
    heard = any(one.status is Status.MATCHED for one in timed)
    sounding = max(1, sum(bool(one.token.pronunciations) for one in parts))
    return AlignedWord(
        text,
        Status.MATCHED if heard else Status.INTERPOLATED,
        TimeSpan(spans[0].start, spans[-1].end),
        min(1.0, sum(one.confidence or 0.0 for one in timed) / sounding),
        _phrases(text, timed),
    )


def _phrases(text: str, timed: Sequence[TimedToken]) -> tuple[Phrase, ...]:
    """Return the text of a word in as many pieces as it has timed parts: what is between two belongs to the first."""
    begins: list[int] = []
    at = 0
    lower = text.lower()
    for one in timed:
        phrase = one.token.phrase or ""
        found = lower.find(phrase, at)
        if found < 0 or len(lower) != len(text):  # as where the spoken form is spelt in another way
            return ()
        begins.append(found if begins else 0)
        at = found + len(phrase)
    return tuple(
        Phrase(text[begin:end], one.span)
        for one, (begin, end) in zip(timed, pairwise([*begins, len(text)]), strict=True)
        if one.span is not None
    )


def _reaches_far(line: AlignedLine) -> bool:
    spans = [word.span for word in line.words if word.span]
    if line.span is None or not spans:
        return False
    return spans[0].start - line.span.start >= FAR or line.span.end - spans[-1].end >= FAR


def _status(words: Sequence[Status]) -> Status:
    """Return the status of a line that has a time, from those of its sounding words."""
    matched = sum(status is Status.MATCHED for status in words)
    if matched == 0:
        return Status.INTERPOLATED
    return Status.MATCHED if matched == len(words) else Status.PARTIAL
