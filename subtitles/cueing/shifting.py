"""Cues that a person moved: shown when they were told to be, and their neighbours out of their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock

LEAST = 200
"""Milliseconds that a cue keeps when its neighbour is moved over it, unless it was shorter before."""


def shifted(
    spans: Sequence[TimeSpan], wanted: Mapping[int, TimeSpan], duration: int, gap: int, clock: Clock
) -> list[TimeSpan]:
    """Return the times of cues, in order and without overlap, where those of `wanted` are moved by hand.

    `wanted` has the times by the number of the cue; `gap` is what its neighbours leave before and after it where they
    can; `duration` is the recording's. All are in milliseconds. A cue that was moved beyond its neighbour stops there.
    """
    if not wanted:
        return list(spans)
    starts = [clock.nearest(span.start) for span in spans]
    ends = [clock.nearest(span.end) for span in spans]
    space, least = clock.ceil(gap), clock.ceil(LEAST)
    kept = [min(least, end - start) for start, end in zip(starts, ends, strict=True)]
    final = max(clock.floor(duration), ends[-1])
    for number in sorted(wanted):
        lowest, highest = 0, final
        if number > 0:
            before = number - 1
            lowest = ends[before] if before in wanted else starts[before] + kept[before]
        if number + 1 < len(spans):
            highest = ends[number + 1] - kept[number + 1]
        start = min(max(clock.nearest(wanted[number].start), lowest), highest - kept[number])
        end = max(min(clock.nearest(wanted[number].end), highest), start + kept[number])
        starts[number], ends[number] = start, end
        if number > 0 and number - 1 not in wanted:
            before = number - 1
            ends[before] = max(starts[before] + kept[before], min(ends[before], start - space))
        if number + 1 < len(spans):
            after = number + 1
            starts[after] = min(ends[after] - kept[after], max(starts[after], end + space))
    return [
        TimeSpan(clock.milliseconds(start), clock.milliseconds(end))
        for start, end in zip(starts, ends, strict=True)
    ]
