"""Speakers on channels of their own: each channel is aligned by itself, so that two who speak at once are both heard.

The first pass gives each channel the whole text, and shows which lines are heard on it. The second gives each the lines
that are its own, and those that no channel is sure of. A line's channel is the one whose sound fits it best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.acoustic.room import Floats
from asdelivered.align.document.alignment import AlignedLine, Draft, Sound, SoundKind
from asdelivered.align.engines.engine import Engine
from asdelivered.align.engines.group import EngineGroup
from asdelivered.align.job import Job
from asdelivered.align.pinning import ResolvedPins, check_order
from asdelivered.align.pipeline import AlignedText, align_text, run_pass
from asdelivered.align.scoring.drafts import draft_untranscribed
from asdelivered.align.script import Script
from asdelivered.base.span import TimeSpan
from asdelivered.media.sound import SoundChoice, hearing

_SURE = 0.8
"""The confidence from which on a line is its channel's after the first pass."""
_LOUDER = 6.0
"""Decibels by which a speaker is louder on the own channel than on another, where both pick up the voice."""
_SHARED = 0.5
"""Share of the lines heard that are as loud on another channel: from there on the channels are not speakers'."""
_OF_SPEAKER = 0.9
"""Share of a speaker's sure lines that must be on one channel, for the others to be looked for there."""
_LEAST = 500
"""Milliseconds: a shorter piece of speech or sound, left between lines of other channels, counts for nothing."""
_AROUND = 500
"""Milliseconds before and after a pinned moment in which a channel's level shows who speaks."""


@dataclass(frozen=True)
class HeardChannel:
    """What the first pass found on a channel: the lines, and how loud each frame is (frames,), in dB."""

    lines: tuple[AlignedLine, ...]
    loudness: Floats

    def level(self, span: TimeSpan) -> float:
        """Return how loud the channel is in a span, in dB."""
        frames = self.loudness[span.start // FRAME_MS : span.end // FRAME_MS + 1]
        return float(frames.mean()) if len(frames) else -np.inf


def align_channels(engine: Engine | EngineGroup, job: Job, channels: Sequence[SoundChoice]) -> AlignedText:
    """Align the text of a job with channels of its sound, which are counted from 1, each by itself.

    Lines may overlap in time, and each says its channel. Where the channels turn out to hold the same voices, they are
    mixed. Raises what `align_text` raises, and AlignError where pins on the lines of one channel contradict each other.
    """
    group = engine if isinstance(engine, EngineGroup) else EngineGroup((engine,))
    jobs = {choice.channel or 1: _on_channel(job, choice) for choice in channels}
    heard: dict[int, HeardChannel] = {}
    unspoken = ResolvedPins({}, {}, job.pins.unspoken)
    for channel, own in jobs.items():
        found = run_pass(group.engines[0], replace(own, pins=unspoken))
        if found is not None:
            heard[channel] = HeardChannel(found.lines, found.recognition.loudness)
    fitting = best_channels(heard)
    if len({*fitting.values()}) < 2:
        job.observer.noted("the channels do not hold a speaker each after all: they are mixed")
        check_order(job.pins, job.script)
        return align_text(engine, job)
    owners = _owners(job, heard, fitting)
    texts = {
        channel: align_text(replace(group, drafter=None), replace(own, pins=_own_pins(job, channel, owners)))
        for channel, own in jobs.items()
    }
    asked = tuple(dict.fromkeys(name for text in texts.values() for name in text.asked))
    lines = _surest(texts)
    if not lines:
        return AlignedText(asked=asked)
    untranscribed = _lacking(texts, lines)
    drafts: tuple[Draft, ...] = ()
    if group.drafter:
        drafts = draft_untranscribed(job.sound, job.language, untranscribed, group.drafter, job.observer)
    return AlignedText(lines, untranscribed, _sounds(texts, lines), drafts, asked)


def best_channels(heard: Mapping[int, HeardChannel]) -> dict[int, int]:
    """Return the channel that each line, by its number, is heard on best; nothing where most are on several alike.

    Of channels that have a line at the same place, both microphones pick up the voice, and the louder one is meant. Of
    those that have it at different places, the surer one.
    """
    best: dict[int, int] = {}
    shared = 0
    for number in range(max((len(one.lines) for one in heard.values()), default=0)):
        spans = {
            channel: (line.confidence or 0.0, line.span)
            for channel, one in heard.items()
            if (line := one.lines[number]).span is not None
        }
        if not spans:
            continue
        best[number] = surest = max(spans, key=lambda channel: spans[channel][0])
        span = spans[surest][1]
        there = [channel for channel, (_, other) in spans.items() if 2 * other.overlap(span) > other.duration]
        if len(there) > 1:
            levels = sorted((heard[channel].level(span), channel) for channel in there)
            if levels[-1][0] - levels[-2][0] >= _LOUDER:
                best[number] = levels[-1][1]
            else:
                shared += 1
    return best if shared <= _SHARED * len(best) else {}


def _owners(job: Job, heard: Mapping[int, HeardChannel], fitting: Mapping[int, int]) -> dict[int, int]:
    """Return the channel of each line, by its number, that is surely on one: heard there, or its speaker's."""
    owners = {
        number: channel
        for number, channel in fitting.items()
        if (heard[channel].lines[number].confidence or 0.0) >= _SURE
    }
    of_speaker = _speakers_channels(job.script, owners)
    for number, (turn, _) in enumerate(job.script.lines):
        if number not in owners and turn.speaker in of_speaker:
            owners[number] = of_speaker[turn.speaker]
    # A line that a person gave a time has one place; where no channel is surer, it is where most is heard then.
    for token, moment in (*job.pins.starts.items(), *((at, end - 1) for at, end in job.pins.ends.items())):
        around = TimeSpan(max(0, moment - _AROUND), moment + _AROUND)
        number = job.script.tokens[token].line
        owners.setdefault(
            number, fitting.get(number) or max(heard, key=lambda channel: heard[channel].level(around))
        )
    return owners


def _speakers_channels(script: Script, owners: Mapping[int, int]) -> dict[str, int]:
    """Return the channel of each named speaker of whom two lines or more are surely heard, nearly all on that one."""
    channels: dict[str, list[int]] = defaultdict(list)
    for number, channel in owners.items():
        speaker = script.lines[number][0].speaker
        if speaker:
            channels[speaker].append(channel)
    found = {}
    for speaker, own in channels.items():
        most = max(own, key=own.count)
        if len(own) > 1 and own.count(most) >= _OF_SPEAKER * len(own):
            found[speaker] = most
    return found


def _on_channel(job: Job, choice: SoundChoice) -> Job:
    """Return the job with one channel of its sound to hear."""
    recording = hearing(job.sound.recording, choice)
    return replace(job, sound=replace(job.sound, recording=recording))


def _own_pins(job: Job, channel: int, owners: Mapping[int, int]) -> ResolvedPins:
    """Return the pins for a channel: other channels' lines are not spoken on it. Raises AlignError."""
    lines = [token.line for token in job.script.tokens]
    others = {number for number, owner in owners.items() if owner != channel}
    starts, ends = (
        {token: moment for token, moment in times.items() if lines[token] not in others}
        for times in (job.pins.starts, job.pins.ends)
    )
    pins = ResolvedPins(starts, ends, job.pins.unspoken)
    check_order(pins, job.script)
    return replace(pins, unspoken=job.pins.unspoken | others)


def _surest(texts: Mapping[int, AlignedText]) -> tuple[AlignedLine, ...]:
    """Return each line from the channel that is surest of it, with that channel; without one where none has it."""
    lines: list[AlignedLine] = []
    heard = {channel: text.lines for channel, text in texts.items() if text.lines}
    for versions in zip(*heard.values(), strict=True):
        channel, best = max(
            zip(heard, versions, strict=True),
            key=lambda one: -1.0 if one[1].confidence is None else one[1].confidence,
        )
        lines.append(replace(best, channel=channel) if best.span else best)
    return tuple(lines)


def _lacking(texts: Mapping[int, AlignedText], lines: Sequence[AlignedLine]) -> tuple[TimeSpan, ...]:
    """Return the speech that the text lacks, on any channel.

    What a channel has while a line of another is spoken may be that voice, picked up by both microphones: it counts for
    nothing.
    """
    found: list[TimeSpan] = []
    for channel, text in texts.items():
        others = [line.span for line in lines if line.span is not None and line.channel != channel]
        found += (left for span in text.untranscribed for left in _without(span, others))
    return _joined(span for span in found if span.duration >= _LEAST)


def _sounds(texts: Mapping[int, AlignedText], lines: Sequence[AlignedLine]) -> tuple[Sound, ...]:
    """Return the music and applause of all channels where nobody speaks on any."""
    spoken = [line.span for line in lines if line.span is not None]
    found = [
        Sound(kind, left)
        for kind in SoundKind
        for span in _joined(one.span for text in texts.values() for one in text.sounds if one.kind is kind)
        for left in _without(span, spoken)
        if left.duration >= _LEAST
    ]
    return tuple(sorted(found, key=lambda one: one.span))


def _without(span: TimeSpan, taken: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return what is left of a span without those that are taken."""
    left: list[TimeSpan] = []
    start = span.start
    for other in sorted(taken):
        if other.overlap(span):
            left.append(TimeSpan(start, max(start, other.start)))
            start = max(start, other.end)
    return [*left, TimeSpan(start, max(start, span.end))]


def _joined(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Return the spans in order, those that overlap or touch as one."""
    joined: list[TimeSpan] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = TimeSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
