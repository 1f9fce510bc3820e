"""A translation with the same turns is timed paragraph by paragraph."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cues import alignment, line, said

from asdelivered.align.document.alignment import Alignment, Status
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.lengths import is_wide
from asdelivered.subtitles.translation import translated
from asdelivered.transcripts.model import Line, LineKind, Transcript, Turn


def event() -> Alignment:
    return alignment(
        line(said("Thank you all for coming here.", 1_000), "Rosa", "t1"),
        line(said("It is a good day.", 5_000), "Rosa", "t1"),
        line(said("This was left out.", 8_000), "Rosa", "t1", spoken=False),
        line(said("So it is.", 20_000), "Mark", "t2"),
    )


def page(*turns: tuple[str | None, list[str]]) -> Transcript:
    made = tuple(
        Turn(
            f"d{number}",
            speaker,
            tuple(Line(f"d{number}.{at}", LineKind.SPOKEN, text + "\n") for at, text in enumerate(texts)),
        )
        for number, (speaker, texts) in enumerate(turns)
    )
    return Transcript("rede.txt", "1" * 64, "Rede", None, None, "de", made)


GERMAN = page(
    ("Rosa", ["Vielen Dank, dass Sie alle gekommen sind.", "Es ist ein guter Tag.", "Das fiel weg."]),
    ("Mark", ["So ist es."]),
)


def test_paragraphs_have_the_times_of_those_that_they_translate() -> None:
    made = translated(event(), GERMAN)
    assert [(line.text, line.speaker, line.status) for line in made.lines] == [
        ("Vielen Dank, dass Sie alle gekommen sind.", "Rosa", Status.INTERPOLATED),
        ("Es ist ein guter Tag.", "Rosa", Status.INTERPOLATED),
        ("Das fiel weg.", "Rosa", Status.UNSPOKEN),
        ("So ist es.", "Mark", Status.INTERPOLATED),
    ]
    for ours, theirs in zip(made.lines, event().lines, strict=True):
        assert ours.span == theirs.span
    assert made.transcript.language == "de"
    shown = cues(made)
    assert [cue.span.start for cue in shown if cue.lines[0].startswith(("Vielen", "Es", "So"))] == [
        1_000,
        5_000,
        20_000,
    ]


def test_words_pause_where_the_speech_does() -> None:
    spoken = alignment(line(said("We waited long and then it came.", 0, pauses={"long": 5_000}), "A", "1"))
    made = translated(spoken, page(("A", ["Wir warteten lange, und dann kam es."])))
    gap = next(word.span for word in spoken.lines[0].words if word.text == "long")
    assert gap is not None
    # Nothing is said in the pause but by a word that lies across it.
    inside = [w for w in made.lines[0].words if w.span and gap.end < w.span.start < gap.end + 5_000]
    assert inside == []


def test_paragraphs_that_are_not_as_many_pair_off_by_their_length() -> None:
    spoken = alignment(
        line(said("A short one.", 0), "A", "1"),
        line(
            said(
                "This is a rather longer paragraph, which says two things. And here is the second of the two.",
                3_000,
            ),
            "A",
            "1",
        ),
        line(said("The end of it.", 20_000), "A", "1"),
    )
    target = [
        "Ein kurzer.",
        "Dies ist ein eher längerer Absatz, der zwei Dinge sagt.",
        "Und hier ist das zweite von den beiden.",
        "Das Ende davon.",
    ]
    made = translated(spoken, page(("A", target)))
    starts = [line.span.start for line in made.lines if line.span]
    assert starts[0] == 0
    assert starts[1] == 3_000
    assert 3_000 < starts[2] < 20_000
    assert starts[3] == 20_000


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (
            [("Rosa", ["Danke."])],
            r"rede.txt: the translation has 1 turn, and the event 2: they part at turn 2$",
        ),
        (
            [("Rosa", ["Danke."]), ("Eva", ["Halt!"]), ("Eva", ["Gut."]), ("Mark", ["So."])],
            r"the translation has 4 turns, and the event 2: they part at turn 3, 'Gut\.'$",
        ),
    ],
)
def test_other_turns_are_refused(turns: list[tuple[str | None, list[str]]], says: str) -> None:
    with pytest.raises(SubtitleError, match=says):
        translated(event(), page(*turns))


TEXT = st.lists(
    st.text(st.characters(categories=["L"]), min_size=1, max_size=8), min_size=1, max_size=12
).map(" ".join)


@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(TEXT, min_size=1, max_size=5))
def test_every_paragraph_is_there_once_in_time_and_in_order(source: list[str], target: list[str]) -> None:
    clock, lines = 0, []
    for text in source:
        words = said(text, clock)
        clock = (words[-1][2] or 0) + 700
        lines.append(line(words, "A", "1"))
    made = translated(alignment(*lines), page(("A", target)))
    assert [line.text for line in made.lines] == target
    assert all(line.span is not None for line in made.lines)
    starts = [word.span.start for line in made.lines for word in line.words if word.span]
    assert starts == sorted(starts)
    assert starts[-1] <= clock
    assert flat(" ".join(" ".join(cue.lines) for cue in cues(made))) == flat(" ".join(target))


def flat(text: str) -> str:
    """Return the text; without blanks where it has full-width characters, between which a line's end is none."""
    return "".join(text.split()) if any(map(is_wide, text)) else text


def test_a_page_is_read_and_put_on_the_clock(tmp_path: Path) -> None:
    from asdelivered.transcripts.read import read_transcript

    path = tmp_path / "rede.txt"
    path.write_text("Rede\n\nRosa: Vielen Dank.\n\nMark: So ist es.\n", "utf-8")
    transcript = read_transcript(path, "de")
    if len(list(transcript.turns)) >= 2:
        spoken = alignment(
            line(said("Thank you.", 0), "Rosa", "1"), line(said("So it is.", 5_000), "Mark", "2")
        )
        assert len(translated(spoken, transcript).lines) == 2
