"""Styles: the rules of captions as data, each number with its source.

A rule has a kind, a limit, a severity, and the place in the guide that sets it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What a rule limits; its unit is that of the limit."""

    LINES = "lines"
    """Lines of a cue, at most."""
    LINE_LENGTH = "line-length"
    """Characters of a line, at most."""
    MIN_DURATION = "min-duration"
    """Seconds that a cue stays, at least."""
    MAX_DURATION = "max-duration"
    """Seconds that a cue stays, at most."""
    WORD_TIME = "word-time"
    """Seconds that a cue stays for each of its words, at least."""
    CHARACTERS = "characters-per-second"
    """Characters to read in a second, at most."""
    WORDS = "words-per-minute"
    """Words to read in a minute, at most."""
    GAP = "min-gap"
    """Seconds between a cue's end and the next one's start, at least."""
    SHORT_GAP = "short-gap"
    """Seconds; a shorter gap that is longer than the least one looks like a flicker, and should be closed."""
    EARLY = "early"
    """Seconds that a cue may come in before its speech."""
    LATE = "late"
    """Seconds that a cue may come in after its speech has begun."""
    HANG = "hang"
    """Seconds that a cue may stay after its speech."""
    NEW_SENTENCE = "new-sentence"
    """Words of a sentence that may share a line with the one before or after it, at most."""
    LINE_BREAK = "line-break"
    """No limit: a line does not end inside what belongs together, or leave a word alone, if other lines fit."""
    TYPOGRAPHY = "typography"
    """No limit: no blank before a comma, no two blanks, no accent for an apostrophe, not two points."""
    REPEATED = "repeated-text"
    """No limit: no caption shows again what the one before it has shown."""
    UNCLOSED = "unclosed"
    """No limit: tags, brackets and quotation marks are closed."""
    UNHEARD = "unheard"
    """No limit: nothing is left that a typist could not make out: [inaudible], [???]."""
    DIALOGUE = "dialogue-dash"
    """No limit: of two speakers' lines each begins with a dash, or none."""
    NUMBERS = "numbers"
    """No limit: one to ten are written out, and so is a number that begins a sentence; in English."""
    SHOT = "shot-change"
    """Seconds around a shot change in which no cue begins or ends except at the change itself."""


WITHOUT_LIMIT = frozenset(
    {
        Kind.LINE_BREAK,
        Kind.TYPOGRAPHY,
        Kind.REPEATED,
        Kind.UNCLOSED,
        Kind.UNHEARD,
        Kind.DIALOGUE,
        Kind.NUMBERS,
    }
)
"""The kinds of rules that set no number."""


class Severity(StrEnum):
    """How bad it is to break a rule."""

    ERROR = "error"
    """The guide's limit: a file that breaks it is sent back."""
    WARNING = "warning"
    """The guide's recommendation, which speech may override."""


class Speakers(StrEnum):
    """How a style shows who speaks."""

    NONE = "none"
    LABEL = "label"
    """The name before the words where the speaker changes."""
    COLOUR = "colour"
    """A colour for each speaker where a format has colours; the name elsewhere."""


@dataclass(frozen=True)
class Rule:
    """One limit of a guide. `unit` is "s" or "frames" for times, of the frame rate in use."""

    kind: Kind
    limit: Fraction
    severity: Severity
    source: str
    unit: str = ""
    language: str = ""
    """The ISO 639-1 code of the only language that it is for, where it replaces the general rule; else empty."""

    def milliseconds(self, frame_rate: Fraction) -> Fraction:
        """Return a limit of time in milliseconds, exact."""
        return self.limit * 1000 / (frame_rate if self.unit == "frames" else 1)


@dataclass(frozen=True)
class Style:
    """The rules of a house. What no guide sets has a value of our own."""

    name: str
    title: str
    url: str
    rules: tuple[Rule, ...]
    local_rules: tuple[Rule, ...] = ()
    """The rules of single languages."""
    titles: tuple[tuple[str, str], ...] = ()
    """What it is called in single languages (ISO 639-1), where the title alone does not say whose rules they are."""
    frame_rate: Fraction = Fraction(24)
    """The rate of limits in frames, where the captions have none of their own."""
    longest_pause: int = 1500
    """The shortest pause, in milliseconds, that no cue spans: 800 to 3000. No guide sets it; the words after the pause
    would be read long before they are said, and spoil the point."""
    speakers: Speakers = Speakers.NONE
    label: str = "{NAME}:"
    """How a label is written: {name} as the page has it, {NAME} in capitals."""
    label_above: bool = False
    """Whether a label has a line of its own above the words."""
    sound: str = "[{sound}]"
    """How a sound is written: {sound} in small letters, {SOUND} in capitals."""
    dialogue: str = ""
    """What begins each line of a cue of two speakers ("-"); empty where no cue has two."""
    settings: str = ""
    """WebVTT settings that place its cues ("line:70%")."""
    font: str = "Roboto"
    """The font of captions that are drawn into a picture; Roboto comes with the program."""

    def in_language(self, language: str) -> Style:
        """Return the style with the rules of a language ("zh", "de-AT") in the place of the general ones.

        Its title names the language where the style has a title for it.
        """
        code = language.lower().split("-")[0]
        title = dict(self.titles).get(code, self.title)
        own = tuple(rule for rule in self.local_rules if rule.language == code)
        replaced = {(rule.kind, rule.severity) for rule in own}
        general = (rule for rule in self.rules if (rule.kind, rule.severity) not in replaced)
        return replace(self, title=title, rules=(*general, *own), local_rules=(), titles=())

    def narrowed(self, line_length: int | None, min_duration: int = 0) -> Style:
        """Return the style with lines of at most `line_length` characters, and cues of `min_duration` ms at least.

        A style whose own limits are stricter stays as it is.
        """
        made: Style = self
        if line_length is not None and made.max_line_length > line_length:
            made = made._with(Kind.LINE_LENGTH, Fraction(line_length))
        if made.min_duration < min_duration:
            made = made._with(Kind.MIN_DURATION, Fraction(min_duration, 1000))
        return made

    def _with(self, kind: Kind, limit: Fraction) -> Style:
        others = tuple(rule for rule in self.rules if rule.kind is not kind)
        return replace(self, rules=(*others, Rule(kind, limit, Severity.ERROR, "the file format")))

    def limit(self, kind: Kind, severity: Severity | None = None) -> Fraction | None:
        """Return the strictest limit of a kind in its own unit, of one severity or of any; None without one."""
        found = [rule.limit for rule in self.rules_of(kind) if severity in (None, rule.severity)]
        if not found:
            return None
        return max(found) if kind in _AT_LEAST else min(found)

    def time(self, kind: Kind, frame_rate: Fraction | None = None) -> Fraction | None:
        """Return the strictest limit of a kind in milliseconds, exact; None without one."""
        found = [rule.milliseconds(frame_rate or self.frame_rate) for rule in self.rules_of(kind)]
        if not found:
            return None
        return max(found) if kind in _AT_LEAST else min(found)

    def rules_of(self, kind: Kind) -> tuple[Rule, ...]:
        """Return the rules of a kind."""
        return tuple(rule for rule in self.rules if rule.kind is kind)

    @property
    def max_lines(self) -> int:
        """Lines of a cue, at most; 2 where no rule says."""
        return int(self.limit(Kind.LINES) or 2)

    @property
    def max_line_length(self) -> int:
        """Characters of a line, at most; 42 where no rule says."""
        return int(self.limit(Kind.LINE_LENGTH) or 42)

    @property
    def min_duration(self) -> int:
        """Milliseconds that a cue stays at least, rounded up; 5/6 s where no rule says."""
        return math.ceil(self.time(Kind.MIN_DURATION) or Fraction(2500, 3))

    @property
    def max_duration(self) -> int:
        """Milliseconds that a cue stays at most; 7 s where no rule says."""
        return int(self.time(Kind.MAX_DURATION) or 7000)

    def reading_pace(self, severity: Severity) -> tuple[float, float]:
        """Return the milliseconds that the rules of a severity give each character, and each word."""
        limits = {kind: self.limit(kind, severity) for kind in (Kind.CHARACTERS, Kind.WORDS, Kind.WORD_TIME)}
        characters, words, word_time = limits.values()
        return (
            float(1000 / characters) if characters else 0.0,
            max(float(60_000 / words) if words else 0.0, float(1000 * word_time) if word_time else 0.0),
        )

    def reading_time(self, length: int, words: int, severity: Severity | None = None) -> int:
        """Return the milliseconds that a cue of `length` characters and `words` words has to stay, rounded up.

        By the rules of one severity, or by all of them.
        """
        needs = [Fraction(0)]
        for rule in self.rules:
            if severity not in (None, rule.severity):
                continue
            if rule.kind is Kind.CHARACTERS:
                needs.append(1000 * length / rule.limit)
            elif rule.kind is Kind.WORDS:
                needs.append(60_000 * words / rule.limit)
            elif rule.kind is Kind.WORD_TIME:
                needs.append(1000 * words * rule.limit)
            elif rule.kind is Kind.MIN_DURATION:
                needs.append(rule.milliseconds(self.frame_rate))
        return math.ceil(max(needs))


_AT_LEAST = frozenset({Kind.MIN_DURATION, Kind.WORD_TIME, Kind.GAP, Kind.SHORT_GAP, Kind.SHOT})
