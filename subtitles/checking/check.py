"""Whether captions keep a style: each rule that a cue breaks, what was measured, and where the guide says so.

Every program rounds times to the millisecond, so a time may miss a limit by one millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.line_breaks import better_breaks, fault_of, running_text, shared_lines
from asdelivered.subtitles.checking.text_faults import TEXT_KINDS, text_faults
from asdelivered.subtitles.cues import PLAYER, Video
from asdelivered.subtitles.lengths import counted, width_of
from asdelivered.subtitles.model import Cue, reading_length, word_count
from asdelivered.subtitles.style import Kind, Rule, Severity, Style

ROUNDING = 1
"""Milliseconds by which a time in a file may differ from what was meant."""

OVERLAP = "overlap"
EMPTY = "empty"
_ALWAYS = "any player: one place shows one caption after the other"


@dataclass(frozen=True)
class Violation:
    """A rule that a cue breaks. `cue` counts from 1, and so does `line`, where the rule is about one line."""

    cue: int
    span: TimeSpan
    rule: str
    severity: Severity
    measured: str
    limit: str
    source: str
    line: int | None = None

    @property
    def message(self) -> str:
        """The violation in one sentence."""
        where = f" in line {self.line}" if self.line else ""
        return f"{self.rule}: {self.measured}{where}, {self.limit}"


def check(
    cues: Sequence[Cue],
    style: Style,
    video: Video = PLAYER,
    spoken: Sequence[TimeSpan | None] = (),
    language: str = "",
    verbatim: bool = False,
) -> tuple[Violation, ...]:
    """Return where the cues break the style, in their order.

    `spoken` is when each cue's words are said, None where that is not known; without it, or without shot changes in
    `video`, the rules about these are not checked. `language` is an ISO 639-1 code; without one, line breaks are judged
    by punctuation alone. Where the text is `verbatim`, a transcript's, the rules about the text itself are off.
    """
    rate = video.frame_rate or style.frame_rate
    found: list[Violation] = []
    speech = list(spoken) or [None] * len(cues)
    nexts = _nexts(cues)
    lines = _lines(cues, style, language)
    if not verbatim:
        for kind in TEXT_KINDS:
            for rule in style.rules_of(kind):
                for at, line, measured, wanted in text_faults(cues, kind, language):
                    where = None if line is None else line + 1
                    lines.setdefault(at + 1, []).append(
                        _violation(at + 1, cues[at], rule, measured, wanted, where)
                    )
    for number, (cue, said) in enumerate(zip(cues, speech, strict=True), start=1):
        following = nexts[number - 1]
        found += _text(number, cue, style)
        found += lines.get(number, ())
        found += _duration(number, cue, style)
        if following is not None:
            found += _gap(number, cue, following, style, rate)
        if said is not None:
            found += _synchrony(number, cue, said, following, style, rate)
        found += _shots(number, cue, following, said, style, video)
    return tuple(found)


def _nexts(cues: Sequence[Cue]) -> list[Cue | None]:
    """Return for each cue the one that follows it in the same place of the picture."""
    nexts: list[Cue | None] = []
    seen: dict[tuple[str, ...], Cue] = {}
    for cue in reversed(cues):
        nexts.append(seen.get(cue.place))
        seen[cue.place] = cue
    return nexts[::-1]


def _violation(
    number: int, cue: Cue, rule: Rule, measured: str, limit: str, line: int | None = None
) -> Violation:
    return Violation(number, cue.span, rule.kind.value, rule.severity, measured, limit, rule.source, line)


def _text(number: int, cue: Cue, style: Style) -> Iterator[Violation]:
    if not cue.text.strip():
        yield Violation(number, cue.span, EMPTY, Severity.ERROR, "no text", "a caption has some", _ALWAYS)
    for rule in style.rules_of(Kind.LINES):
        if len(cue.shown) > rule.limit:
            yield _violation(number, cue, rule, f"{len(cue.shown)} lines", f"at most {rule.limit}")
    for rule in style.rules_of(Kind.LINE_LENGTH):
        for at, line in enumerate(cue.shown, start=1):
            width = width_of(line)
            if width > rule.limit:
                limit = counted(int(rule.limit), line).partition(" ")[0]
                yield _violation(number, cue, rule, counted(width, line), f"at most {limit}", at)


def _lines(cues: Sequence[Cue], style: Style, language: str) -> dict[int, list[Violation]]:
    """Return by the number of its cue where a line ends, or goes on, as a style would not have it."""
    found: dict[int, list[Violation]] = {}
    if not (style.rules_of(Kind.LINE_BREAK) or style.rules_of(Kind.NEW_SENTENCE)):
        return found
    text = running_text(cues, language)
    for rule in style.rules_of(Kind.LINE_BREAK):
        for at, better in enumerate(better_breaks(cues, text, style)):
            if better is not None:
                fault = fault_of(cues[at].lines, better)
                wanted = f"better: {' / '.join(better)}"
                found.setdefault(at + 1, []).append(_violation(at + 1, cues[at], rule, fault, wanted))
    for rule in style.rules_of(Kind.NEW_SENTENCE):
        for at, line in shared_lines(cues, text, int(rule.limit)):
            measured, wanted = "a sentence ends and another begins", "each on a line of its own"
            found.setdefault(at + 1, []).append(
                _violation(at + 1, cues[at], rule, measured, wanted, line + 1)
            )
    return found


def _duration(number: int, cue: Cue, style: Style) -> Iterator[Violation]:
    stays = cue.span.duration
    length, words = reading_length(cue.text), word_count(cue.text)
    seconds = Fraction(max(1, stays), 1000)
    for rule in style.rules:
        if rule.kind is Kind.MIN_DURATION and stays + ROUNDING < rule.milliseconds(style.frame_rate):
            yield _violation(number, cue, rule, f"{stays / 1000:.3f} s", f"at least {_seconds(rule)}")
        elif rule.kind is Kind.MAX_DURATION and stays - ROUNDING > rule.milliseconds(style.frame_rate):
            yield _violation(number, cue, rule, f"{stays / 1000:.3f} s", f"at most {_seconds(rule)}")
        elif rule.kind is Kind.CHARACTERS and 1000 * length > rule.limit * (stays + ROUNDING):
            yield _violation(
                number,
                cue,
                rule,
                f"{float(length / seconds):.1f} characters a second",
                f"at most {float(rule.limit):g}",
            )
        elif rule.kind is Kind.WORDS and 60_000 * words > rule.limit * (stays + ROUNDING):
            yield _violation(
                number,
                cue,
                rule,
                f"{float(60 * words / seconds):.0f} words a minute",
                f"at most {float(rule.limit):g}",
            )
        elif rule.kind is Kind.WORD_TIME and stays + ROUNDING < 1000 * words * rule.limit:
            yield _violation(
                number,
                cue,
                rule,
                f"{float(seconds / words):.3f} s a word",
                f"at least {float(rule.limit):g} s",
            )


def _gap(number: int, cue: Cue, following: Cue, style: Style, rate: Fraction) -> Iterator[Violation]:
    gap = following.span.start - cue.span.end
    if gap < 0:
        yield Violation(
            number,
            cue.span,
            OVERLAP,
            Severity.ERROR,
            f"{-gap / 1000:.3f} s over the next",
            "captions in one place follow each other",
            _ALWAYS,
        )
        return
    least = style.time(Kind.GAP, rate) or Fraction(0)
    for rule in style.rules_of(Kind.GAP):
        if gap + ROUNDING < rule.milliseconds(rate):
            yield _violation(number, cue, rule, f"{gap / 1000:.3f} s", f"at least {_limit(rule)}")
    for rule in style.rules_of(Kind.SHORT_GAP):
        half_a_frame = 500 / rate
        if gap > least + half_a_frame and gap + ROUNDING < rule.milliseconds(rate):
            allowed = f"none but {float(least) / 1000:.3f} s" if least else "none"
            yield _violation(
                number, cue, rule, f"a gap of {gap / 1000:.3f} s", f"{allowed}, or at least {_limit(rule)}"
            )


def _synchrony(
    number: int, cue: Cue, said: TimeSpan, following: Cue | None, style: Style, rate: Fraction
) -> Iterator[Violation]:
    shift = cue.span.start - said.start
    for kind, by in ((Kind.EARLY, -shift), (Kind.LATE, shift)):
        for rule in style.rules_of(kind):
            if by - ROUNDING > rule.milliseconds(rate):
                where = "before" if kind is Kind.EARLY else "after"
                yield _violation(
                    number, cue, rule, f"{by / 1000:.3f} s {where} its speech", f"at most {_limit(rule)}"
                )
    hang = cue.span.end - said.end
    required = max(style.min_duration, style.reading_time(reading_length(cue.text), word_count(cue.text)))
    for rule in style.rules_of(Kind.HANG):
        # A cue that stays to be read, and then to close a gap, does what other rules ask.
        allowed = max(said.end + rule.milliseconds(rate), Fraction(cue.span.start + required))
        if following is not None and following.span.start - allowed < (style.time(Kind.SHORT_GAP, rate) or 0):
            allowed = max(allowed, Fraction(following.span.start))
        if cue.span.end - ROUNDING > allowed:
            yield _violation(
                number, cue, rule, f"{hang / 1000:.3f} s after its speech", f"at most {_limit(rule)}"
            )


def _shots(
    number: int, cue: Cue, following: Cue | None, said: TimeSpan | None, style: Style, video: Video
) -> Iterator[Violation]:
    rate = video.frame_rate or style.frame_rate
    frame = 1000 / rate
    gap = style.time(Kind.GAP, rate) or frame
    for rule in style.rules_of(Kind.SHOT):
        window = rule.milliseconds(rate)
        for shot in video.shots:
            into, out = cue.span.start - shot, shot - cue.span.end
            if frame < abs(into) < window - frame:
                yield _violation(
                    number,
                    cue,
                    rule,
                    f"comes in {into / 1000:+.3f} s from a shot change",
                    f"on it, or {_limit(rule)} away",
                )
            # Out-times after the change depend on the speech: where it runs on, the cue may too.
            if gap + frame < out < window - frame and (following is None or following.span.start > shot):
                yield _violation(
                    number,
                    cue,
                    rule,
                    f"goes {out / 1000:.3f} s before a shot change",
                    f"at it, or {_limit(rule)} away",
                )
            elif -window + frame < out <= 0 and (said is None or said.end <= shot):
                yield _violation(
                    number,
                    cue,
                    rule,
                    f"goes {-out / 1000:.3f} s after a shot change",
                    f"before it, or {_limit(rule)} away",
                )


def _seconds(rule: Rule) -> str:
    return f"{rule.limit} s" if rule.limit.denominator in (3, 6) else f"{float(rule.limit):g} s"


def _limit(rule: Rule) -> str:
    return f"{float(rule.limit):g} frames" if rule.unit == "frames" else _seconds(rule)
