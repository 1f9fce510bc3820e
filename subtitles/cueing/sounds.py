"""Sounds that are not speech, for viewers who do not hear them: applause, laughter, music."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.align.document.alignment import Sound
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.cueing.utterances import SpokenWord
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind, Style

SHOWN = 3000
"""Milliseconds that a sound is shown for, if it lasts that long and nobody speaks."""
NAMED = 40
"""Characters at the end of a cue that may name a sound and its source."""

_NAMES = {
    "de": {"applause": "Applaus", "laughter": "Gelächter", "music": "Musik", "cheering": "Jubel"},
    "es": {"applause": "aplausos", "laughter": "risas", "music": "música", "cheering": "vítores"},
    "fr": {
        "applause": "applaudissements",
        "laughter": "rires",
        "music": "musique",
        "cheering": "acclamations",
    },
    "it": {"applause": "applausi", "laughter": "risate", "music": "musica", "cheering": "acclamazioni"},
    "nl": {"applause": "applaus", "laughter": "gelach", "music": "muziek", "cheering": "gejuich"},
    "pl": {"applause": "oklaski", "laughter": "śmiech", "music": "muzyka", "cheering": "wiwaty"},
    "pt": {"applause": "aplausos", "laughter": "risos", "music": "música", "cheering": "aclamações"},
}
_BRACKETED = re.compile(r"^([\[(])([^\[\]()]*)([\])])([.,;:!?]*)$")
_HEARD = re.compile(
    r"\b(applause|applauds?|laugh\w*|music|cheer\w*|appla\w+|beifall|gelächter|musik|jubel|lachen|rires?|risas?|risate|"
    r"gelach|oklaski)\b",
    re.IGNORECASE,
)


def sound_text(sound: str, language: str, style: Style) -> str:
    """Return how a style writes a sound, in the language of the captions where its word is known."""
    name = _NAMES.get(language.lower().split("-")[0], {}).get(sound.lower(), sound)
    return _written(" ".join(name.split()), style)


def _written(name: str, style: Style) -> str:
    return style.sound.replace("{sound}", name).replace("{SOUND}", name.upper())


def _small(name: str) -> str:
    """Return a sound's name without capitals but those of names: "Applause from the Labour benches"."""
    if name.isupper():
        return name.lower()
    first, *rest = name.split()
    return " ".join([first.lower(), *rest])


def sounds_in_words(words: Sequence[SpokenWord], style: Style) -> tuple[SpokenWord, ...]:
    """Return the words with each sound that the transcript has in brackets ([applause]) as the style writes it.

    What the transcript says of its source ([applause from the gallery]) stays. Brackets around anything else
    ([inaudible], a gloss) belong to the transcript, and stay.
    """
    made: list[SpokenWord] = []
    at = 0
    while at < len(words):
        end = _bracket_end(words, at)
        found = _BRACKETED.match(" ".join(word.text for word in words[at:end]))
        if found is not None and _HEARD.search(found[2]):
            text = _written(_small(found[2]), style) + found[4]
            numbers = (words[at].numbers[0], words[end - 1].numbers[1])
            made.append(
                SpokenWord(text, words[at].start, words[end - 1].end, words[at].opens_line, numbers=numbers)
            )
        else:
            made += words[at:end]
        at = end
    return tuple(made)


def _bracket_end(words: Sequence[SpokenWord], at: int) -> int:
    """Return the end of the words inside one pair of brackets; `at` + 1 where words[at] opens none."""
    if words[at].text[:1] in "[(":
        for end in range(at, min(at + 5, len(words))):
            if words[end].text.rstrip(".,;:!?")[-1:] in ("]", ")"):
                return end + 1
    return at + 1


def with_sounds(
    cues: Sequence[Cue], sounds: Sequence[Sound], language: str, style: Style, clock: Clock
) -> tuple[Cue, ...]:
    """Return the cues, and one for each sound that has room between the speech, in order.

    A sound that the transcript has in the words right before it is there already.
    """
    least = clock.ceil(max(style.min_duration, 1000))
    gap = clock.ceil(style.time(Kind.GAP, clock.frame_rate) or 0)
    short = clock.ceil(style.time(Kind.SHORT_GAP, clock.frame_rate) or 500)
    made = list(cues)
    for sound in sounds:
        if _is_told(sound, cues, style):
            continue
        room = _room(sound.span, made, clock, gap, short, least)
        if room is not None:
            text = sound_text(sound.kind, language, style)
            made.append(Cue(TimeSpan(*map(clock.milliseconds, room)), None, (text,), settings=style.settings))
            made.sort(key=lambda cue: cue.span)
    return tuple(made)


def _is_told(sound: Sound, cues: Sequence[Cue], style: Style) -> bool:
    """Whether the last cue that comes in before a sound is over ends with its name, as the style writes sounds."""
    before = next((cue for cue in reversed(cues) if cue.span.start < sound.span.end), None)
    if before is None or before.span.end < sound.span.start - SHOWN:
        return False
    mark = style.sound[-1:] if style.sound[-1:] != "}" else ""
    words = " ".join(before.lines).rstrip(".,;:!?")
    return words.endswith(mark) and sound.kind in words[-NAMED:].lower()


def _room(
    span: TimeSpan, cues: Sequence[Cue], clock: Clock, gap: int, short: int, least: int
) -> tuple[int, int] | None:
    """Return the first stretch of a span, in ticks, that no cue needs; None where all are too short.

    It leaves the least gap on both sides, or one that is no flicker.
    """
    borders = [
        0,
        *(tick for cue in cues for tick in (clock.nearest(cue.span.start), clock.nearest(cue.span.end))),
    ]
    for before, after in zip(borders[::2], [*borders[1::2], None], strict=True):
        start = max(clock.ceil(span.start), before + gap if before else 0)
        if before and start - before < short:
            start = before + gap
        end = min(clock.floor(span.end), start + clock.ceil(SHOWN))
        if after is not None and after - end < short:
            end = after - gap
        if end - start >= least and start < clock.floor(span.end):
            return start, end
    return None
