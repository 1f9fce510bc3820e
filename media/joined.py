"""The clock of a file that was joined from parts, each of which counts its times from zero again.

Internet radio is recorded so: a chained Ogg stream has a new header at each title (RFC 3533, section 4).
"""

from __future__ import annotations

from collections.abc import Hashable

_BACK = 1.0
"""Seconds by which times go back where a part begins, at least, and how far from zero it may begin. Pictures are stored
out of order by less."""


class JoinedClock:
    """Turns the times of a file, in seconds from its start, into times that never begin again.

    Streams come to a new part one after the other, so each has its own place; frames are decoded later than their
    packets are read, so they count as another stream.
    """

    def __init__(self) -> None:
        self._starts = [0.0]
        self._end = 0.0
        self._places: dict[Hashable, tuple[int, float]] = {}

    @property
    def parts(self) -> int:
        """How many parts there have been so far."""
        return len(self._starts)

    def time(self, stream: Hashable, at: float, duration: float = 0.0) -> float:
        """Return when something of a stream begins that the file says to begin `at` and to last `duration`."""
        part, last = self._places.get(stream, (0, 0.0))
        if at < _BACK and at < last - _BACK:
            part += 1
            if part == len(self._starts):
                self._starts.append(self._end)
        self._places[stream] = part, at
        time = self._starts[part] + at
        self._end = max(self._end, time + duration)
        return time
