"""Any alignment that keeps to the schema, as a strategy of Hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    Draft,
    EngineInfo,
    RecordingSource,
    Settled,
    Sound,
    SoundKind,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan
from asdelivered.media.sound import SoundChoice

TIMES = st.integers(0, 359_999_999)
SPANS = st.builds(lambda a, b: TimeSpan(min(a, b), max(a, b)), TIMES, TIMES)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIMED = st.tuples(
    st.sampled_from([Status.MATCHED, Status.PARTIAL, Status.INTERPOLATED]),
    SPANS,
    st.integers(0, 1000).map(lambda n: n / 1000),
) | st.tuples(st.sampled_from(Status), st.none(), st.none())


COUNTS = st.integers(1, 9)
SOUNDS = st.builds(SoundChoice, COUNTS, st.none() | COUNTS, st.none() | TEXT)


@st.composite
def lines(draw: st.DrawFn) -> AlignedLine:
    text = draw(TEXT.filter(str.strip))
    return AlignedLine(
        draw(st.uuids().map(str)),
        draw(st.sampled_from("12") | st.uuids().map(str)),
        draw(st.none() | TEXT),
        text,
        *draw(TIMED),
        words=tuple(AlignedWord(token, *draw(TIMED)) for token in text.split()),
        engine=draw(st.none() | TEXT.filter(bool)),
        settled=draw(st.none() | st.sampled_from(Settled)),
        channel=draw(st.none() | COUNTS),
    )


HEARD = st.none() | st.tuples(TEXT, st.integers(0, 1000).map(lambda n: n / 1000))
UNTRANSCRIBED = st.lists(st.tuples(SPANS, HEARD), max_size=3, unique_by=lambda stretch: stretch[0])


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    stretches = draw(UNTRANSCRIBED)
    return replace(
        draw(_ALIGNMENTS),
        untranscribed=tuple(span for span, _ in stretches),
        drafts=tuple(Draft(span, *heard) for span, heard in stretches if heard),
    )


_ALIGNMENTS = st.builds(
    Alignment,
    transcript=st.builds(
        TranscriptSource,
        TEXT,
        st.just("0" * 64),
        st.none() | TEXT,
        TEXT,
        st.none() | TEXT,
        st.none() | st.dates(),
    ),
    recording=st.builds(RecordingSource, TEXT, st.just("f" * 64), TIMES, st.none() | SOUNDS),
    engine=st.builds(
        EngineInfo,
        TEXT.filter(bool),
        TEXT,
        st.dictionaries(
            TEXT,
            TEXT
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.floats(allow_nan=False, allow_infinity=False),
        ),
    ),
    lines=st.lists(lines(), max_size=4).map(tuple),
    untranscribed=st.just(()),
    sounds=st.lists(st.builds(Sound, st.sampled_from(SoundKind), SPANS), max_size=3).map(tuple),
    created=TEXT,
)
ALIGNMENTS = alignments()
