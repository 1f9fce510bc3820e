"""A checker of its own, written from the numbers of the guides and nothing else. It imports nothing of the program.

Netflix, English: 42 characters, 2 lines, 20 characters a second, 5/6 s to 7 s, 2 frames between events, no gap of 3
to 11 frames at 24 a second. BBC: 2 lines of 37, 0.3 s a word, no gap under a second. DCMP: 2 lines of 32, 40 frames
(1.33 s) to 6 s.

The rates that the BBC (160-180 words a minute) and the DCMP (130-160) recommend are reached by editing what was said,
which captions of an official text must not do. So they are judged against the speech: `hurried` finds cues that are
faster although the speech left time for more.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

HALF_MILLISECOND = Fraction(1, 2000)
"""Files hold whole milliseconds."""


@dataclass(frozen=True)
class Shown:
    start: Fraction
    end: Fraction
    lines: tuple[str, ...]

    @property
    def seconds(self) -> Fraction:
        return self.end - self.start

    @property
    def words(self) -> int:
        return len([token for token in " ".join(self.lines).split() if re.search(r"\w", token)])

    @property
    def characters(self) -> int:
        return len(" ".join(self.lines))


def parse_srt(text: str) -> list[Shown]:
    """Strict: a number, the times, the text, an empty line."""
    shown = []
    for number, block in enumerate(text.strip("\n").split("\n\n"), start=1):
        count, times, *lines = block.split("\n")
        assert int(count) == number
        start, end = times.split(" --> ")
        shown.append(Shown(seconds(start), seconds(end), tuple(lines)))
    return shown


def seconds(time: str) -> Fraction:
    hours, minutes, rest = time.split(":")
    whole, milliseconds = rest.split(",")
    return Fraction(int(hours) * 3600 + int(minutes) * 60 + int(whole)) + Fraction(int(milliseconds), 1000)


def netflix(shown: list[Shown]) -> list[str]:
    found = common(shown, lines=2, length=42)
    for number, cue in enumerate(shown, start=1):
        if cue.characters > 20 * (cue.seconds + HALF_MILLISECOND):
            found.append(f"{number}: {float(cue.characters / cue.seconds):.2f} characters a second")
        if cue.seconds + HALF_MILLISECOND < Fraction(5, 6):
            found.append(f"{number}: stays {float(cue.seconds)} s")
        if cue.seconds > 7 + HALF_MILLISECOND:
            found.append(f"{number}: stays {float(cue.seconds)} s")
    for number, (cue, following) in enumerate(pairwise(shown), start=1):
        frames = round((following.start - cue.end) * 24)
        if frames < 2 or 3 <= frames <= 11:
            found.append(f"{number}: {frames} frames to the next")
    return found


def bbc(shown: list[Shown]) -> list[str]:
    found = common(shown, lines=2, length=37)
    for number, cue in enumerate(shown, start=1):
        if cue.seconds + HALF_MILLISECOND < Fraction(3, 10) * cue.words:
            found.append(f"{number}: {float(cue.seconds / cue.words):.3f} s a word")
    for number, (cue, following) in enumerate(pairwise(shown), start=1):
        gap = following.start - cue.end
        if 0 < gap < 1:
            found.append(f"{number}: a gap of {float(gap)} s")
    return found


def dcmp(shown: list[Shown]) -> list[str]:
    found = common(shown, lines=2, length=32)
    for number, cue in enumerate(shown, start=1):
        if cue.seconds + HALF_MILLISECOND < Fraction(4, 3):
            found.append(f"{number}: stays {float(cue.seconds)} s")
        if cue.seconds > 6 + HALF_MILLISECOND:
            found.append(f"{number}: stays {float(cue.seconds)} s")
    return found


def common(shown: list[Shown], lines: int, length: int) -> list[str]:
    found = []
    for number, cue in enumerate(shown, start=1):
        if not 1 <= len(cue.lines) <= lines:
            found.append(f"{number}: {len(cue.lines)} lines")
        found += [
            f"{number}: {len(line)} characters"
            for line in cue.lines
            if len(line) > length or not line.strip()
        ]
        if cue.seconds <= 0:
            found.append(f"{number}: ends as it begins")
    for number, (cue, following) in enumerate(pairwise(shown), start=1):
        if following.start < cue.end:
            found.append(f"{number}: overlaps the next")
    return found


def hurried(shown: list[Shown], words_per_minute: int) -> list[int]:
    """The cues that are faster than a rate though they could have stayed: more than a tenth of a second to the next."""
    found = []
    for number, (cue, following) in enumerate(pairwise(shown), start=1):
        if cue.words * 60 > words_per_minute * (
            cue.seconds + HALF_MILLISECOND
        ) and following.start - cue.end > Fraction(1, 10):
            found.append(number)
    return found


GUIDES = {"netflix": netflix, "bbc": bbc, "dcmp": dcmp}
