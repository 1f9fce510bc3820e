"""The clock of a file that was joined from parts, each of which counts its times anew.

Internet radio is recorded so: a chained Ogg stream has a new header at each title (RFC 3533, section 4). So are
broadcasts: a transport stream's clock jumps where its encoder was started again (ISO/IEC 13818-1, section 2.4.3.5).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

_BACK = 1.0
"""Seconds by which times go back where a part begins, at least, and how far from zero it may begin. Pictures are stored
out of order by less."""
_JUMP = 10.0
"""Seconds by which times go back where a part begins that doesn't count from zero."""
LEAP = 3600.0
"""Seconds by which times go forward where a part begins; in a shorter hole, data was lost. FFmpeg counts the clock of a
transport stream on by 26.5 hours where it goes back."""


class JoinedClock:
    """Turns the times of a file, in seconds from its start, into times that never begin again.

    Streams come to a new part one after the other, so each has its own place; frames are decoded later than their
    packets are read, so they count as another stream. `offsets` are what to add in each part, where they are known;
    otherwise they are found, and a part begins where all streams of the one before it have ended.
    """

    def __init__(self, offsets: Sequence[float] = ()) -> None:
        self._offsets = [*offsets] or [0.0]
        self._is_known = bool(offsets)
        self._end = 0.0
        self._places: dict[Hashable, tuple[int, float]] = {}

    @property
    def offsets(self) -> tuple[float, ...]:
        """Seconds to add to the file's own times in each part so far."""
        return tuple(self._offsets)

    def time(self, stream: Hashable, at: float, duration: float = 0.0) -> float:
        """Return when something of a stream begins that the file says to begin `at` and to last `duration`."""
        part, last = self._places.get(stream, (0, at))
        if _begins_anew(last, at):
            part += 1
            if part == len(self._offsets) and not self._is_known:
                self._offsets.append(self._end - (0.0 if 0 <= at < _BACK else at))
            part = min(part, len(self._offsets) - 1)
        self._places[stream] = part, at
        time = self._offsets[part] + at
        self._end = max(self._end, time + duration)
        return time


def _begins_anew(last: float, at: float) -> bool:
    """Return whether a part begins at `at`, after a time `last` of the same stream."""
    return at < last - (_BACK if at < _BACK else _JUMP) or at > last + LEAP
