"""A caption is never lost: one that a file never takes away gets an end, and the notes say so."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.model import Captions, Cue

WRITTEN = Captions(
    (
        Cue(TimeSpan(2000, 4000), None, ("The ferry is late.",)),
        Cue(TimeSpan(6000, 9000), None, ("It will not sail today.",)),
    )
)


def read(name: str, data: bytes) -> Captions:
    reader = FORMATS[name].read
    assert reader is not None
    return reader(data)


def texts(captions: Captions) -> list[str]:
    return [" ".join(cue.lines) for cue in captions.cues]


def test_scc_without_its_last_erase_keeps_its_last_caption() -> None:
    whole = FORMATS["scc"].write(WRITTEN).decode()
    cut = whole.rstrip().rpartition("\n")[0] + "\n"
    assert "942c" not in cut.rstrip().rpartition("\n")[2]
    found = read("scc", cut.encode())
    assert texts(found) == texts(read("scc", whole.encode()))
    assert found.cues[-1].span.duration == 2000
    (note,) = found.notes
    assert "'It will not sail today.', has no end" in note


def test_scc_with_blanks_after_its_times() -> None:
    whole = FORMATS["scc"].write(WRITTEN)
    assert read("scc", whole.replace(b"\t", b"  ")).cues == read("scc", whole).cues


def test_ttml_without_ends() -> None:
    whole = FORMATS["ttml"].write(WRITTEN).decode()
    found = read("ttml", re.sub(r' end="[^"]*"', "", whole).encode())
    assert texts(found) == texts(WRITTEN)
    assert [cue.span for cue in found.cues] == [TimeSpan(2000, 6000), TimeSpan(6000, 8000)]
    assert len(found.notes) == 2
    assert found.notes[0].endswith("taken to end at 6.000 s, where the next one begins")


def test_ttml_ends_with_what_holds_it() -> None:
    data = (
        "<tt xmlns='http://www.w3.org/ns/ttml'><body><div end='9s'><p begin='4s'>Here.</p></div></body></tt>"
    )
    found = read("ttml", data.encode())
    assert found.cues[0].span == TimeSpan(4000, 9000)
    assert found.notes == ()


@pytest.mark.parametrize("missing", [{}, {"endTime": None}])
def test_podcast_json_without_an_end(missing: dict[str, None]) -> None:
    segments = [{"startTime": 1.5, "body": "So.", **missing}, {"startTime": 4, "endTime": 5, "body": "Yes."}]
    found = read("json", json.dumps({"segments": segments}).encode())
    assert [cue.span for cue in found.cues] == [TimeSpan(1500, 4000), TimeSpan(4000, 5000)]
    assert len(found.notes) == 1


@given(st.lists(st.tuples(st.integers(0, 9000), st.booleans()), max_size=12))
def test_every_cue_stays_and_those_with_an_end_stay_as_they_are(rows: list[tuple[int, bool]]) -> None:
    cues = [Cue(TimeSpan(start, start if open_ else start + 1), None, ("x",)) for start, open_ in rows]
    open_ones = [at for at, (_, open_) in enumerate(rows) if open_]
    ended, notes = with_ends(cues, open_ones)
    assert len(ended) == len(cues)
    assert len(notes) == len(open_ones)
    for at, (before, after) in enumerate(zip(cues, ended, strict=True)):
        assert after.span.start == before.span.start
        assert after.span.duration > 0
        assert (at in open_ones) or after == before
