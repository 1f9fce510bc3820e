"""EDLs, read back by pycmx."""

import io
from fractions import Fraction

import pytest
from hypothesis import given, settings

from asdelivered.media.cutlists.edl import RECORD_START, reel, to_edl
from asdelivered.media.edit import CutList, events
from asdelivered.media.timecode import from_label, to_label

pycmx = pytest.importorskip("pycmx", reason="the reader of EDLs is not installed")


def test_pycmx_reads_reels_channels_and_timecode(any_cuts):
    @settings(max_examples=30, deadline=None)
    @given(cuts=any_cuts(rates=[Fraction(25), Fraction(30_000, 1001)]))
    def check(cuts: CutList) -> None:
        source = cuts.source
        read = list(pycmx.parse_cmx3600(io.StringIO(to_edl(cuts).decode(), newline=None)).events)
        begin = from_label(RECORD_START, source.rate)
        for event, placed in zip(read, events(cuts), strict=True):
            first = event.edits[0]
            assert first.source == reel(source.path.stem)
            assert [first.source_in, first.source_out, first.record_in, first.record_out] == [
                to_label(frame, source.rate)
                for frame in (
                    source.first + placed.source_in,
                    source.first + placed.source_out,
                    begin + placed.record_in,
                    begin + placed.record_out,
                )
            ]
            channels = event.edits[0].channels
            assert channels.video == bool(source.size)
            assert len(list(channels.channels)) == source.channels

    check()
