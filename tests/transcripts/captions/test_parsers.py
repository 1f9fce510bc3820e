"""Caption files, parsed: words and times for everyone who reads them, whatever is wrong with the times."""

import contextlib
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.transcripts.captions.ass import parse_ass
from asdelivered.transcripts.captions.model import CaptionFile, CaptionFileError
from asdelivered.transcripts.captions.srt import parse_srt
from asdelivered.transcripts.captions.ttml import parse_ttml
from asdelivered.transcripts.captions.vtt import parse_vtt
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source

WORD = st.text(st.sampled_from("abcäß&<>'’.?!-–漢1"), min_size=1, max_size=8).filter(str.strip)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def lines_of(file: CaptionFile) -> list[tuple[str, ...]]:
    return [cue.lines for cue in file.cues]


@st.composite
def captions(draw: st.DrawFn) -> Captions:
    texts = draw(st.lists(st.lists(LINE, min_size=1, max_size=2), min_size=1, max_size=4))
    cues = (
        Cue(TimeSpan(1000 * at, 1000 * at + 900), None, tuple(text)) for at, text in enumerate(texts, start=1)
    )
    return Captions(tuple(cues))


PARSERS: dict[str, Callable[[bytes], CaptionFile]] = {
    "vtt": lambda data: parse_vtt(data.decode()),
    "ass": lambda data: parse_ass(data.decode()),
    "ttml": parse_ttml,
}
"""Formats that have escapes, so that any text comes back."""


@pytest.mark.parametrize("name", PARSERS)
@given(made=captions())
def test_what_is_written_is_parsed(name: str, made: Captions) -> None:
    file = PARSERS[name](FORMATS[name].write(made))
    assert [(cue.span, cue.lines) for cue in file.cues] == [(cue.span, cue.lines) for cue in made.cues]
    assert [cue.fault for cue in file.cues] == [""] * len(made.cues)


@pytest.mark.parametrize("name", PARSERS)
@given(made=captions())
def test_a_page_has_the_words_that_captions_show(name: str, made: Captions) -> None:
    # Of captions that roll up, what a cue repeats from the one before is left out.
    assume(not any(set(one.lines) & set(two.lines) for one, two in pairwise(made.cues)))
    _, document = read_document(Source("a file", FORMATS[name].write(made)), name)
    said = " ".join(row.text for row in document.rows).split()
    assert said == [word for cue in made.cues for line in cue.lines for word in line.split()]


@given(st.text(max_size=200), st.text(st.sampled_from("0123:.,-> \nab"), max_size=120))
def test_text_files_are_parsed_or_refused(some: str, timed: str) -> None:
    for text in (some, timed, f"WEBVTT\n\n{timed}"):
        parse_srt(text)
        for parse in (parse_vtt, parse_ass):
            with contextlib.suppress(CaptionFileError):
                parse(text)


def test_srt_with_times_that_make_no_sense_keeps_its_words() -> None:
    file = parse_srt(
        "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\nx --> y\nTwo.\n\n3\n1:00:xx --> 2\nThree.\n"
    )
    assert lines_of(file) == [("One.",), ("Two.",), ("Three.",)]
    assert [cue.span for cue in file.cues] == [TimeSpan(1000, 2000), None, None]
    assert file.cues[1].fault == "line 6: 'x --> y' is not a pair of times"


def test_an_arrow_in_the_text_of_srt_is_text() -> None:
    file = parse_srt("1\n00:00:01,000 --> 00:00:02,000\nTools --> Options\n\nFile --> Close\n")
    assert lines_of(file) == [("Tools --> Options", "File --> Close")]
    assert file.notes == ("line 4: a blank line inside a caption, which goes on below it",)


def test_what_only_looks_like_a_tag_in_srt_is_text() -> None:
    file = parse_srt("1\n00:00:01,000 --> 00:00:02,000\nIs x < y & y > z? {sic} <i>Yes</i>.\n")
    assert lines_of(file) == [("Is x < y & y > z? {sic} Yes.",)]
    assert file.cues[0].marked == ("Is x < y & y > z? {sic} <i>Yes</i>.",)


def test_vtt_has_a_run_for_each_voice() -> None:
    file = parse_vtt(
        "WEBVTT\nLanguage: de-AT\n\n00:01.000 --> 00:02.000\n<v A>Ja.</v> <v.loud B C>Nein.\nGut.\n"
    )
    (cue,) = file.cues
    assert [(run.voice, run.text) for run in cue.runs] == [("A", "Ja. "), ("B C", "Nein.\nGut.")]
    assert (cue.voice, cue.lines, file.language) == (None, ("Ja. Nein.", "Gut."), "de-AT")


def test_vtt_with_times_that_make_no_sense_keeps_its_words() -> None:
    file = parse_vtt("WEBVTT\n\nx --> y\nOne.\n\nname\n1 --> 2\nTwo.\n\n00:03.000 --> 00:04.000\nThree.\n")
    assert lines_of(file) == [("One.",), ("Two.",), ("Three.",)]
    assert [cue.fault for cue in file.cues] == [
        "line 3: 'x --> y' is not a pair of times",
        "line 7: '1 --> 2' is not a pair of times",
        "",
    ]


def ttml(body: str, root: str = "") -> CaptionFile:
    return parse_ttml(
        f'<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" {root}>'
        f"<body>{body}</body></tt>".encode()
    )


def test_ttml_without_times_keeps_its_words() -> None:
    file = ttml("<div><p>One.</p><p begin='soon' end='2s'>Two.</p><p begin='2s' end='3s'>Three.</p></div>")
    assert lines_of(file) == [("One.",), ("Two.",), ("Three.",)]
    assert [cue.span for cue in file.cues] == [None, None, TimeSpan(2000, 3000)]
    assert [cue.fault for cue in file.cues] == [
        "",
        "'soon' is not a time of TTML: expected one like 00:01:02.345",
        "",
    ]


def test_ttml_whose_frame_rate_is_none_says_so_of_each_time() -> None:
    file = ttml("<div><p begin='1s' end='2s'>One.</p></div>", 'ttp:frameRate="many"')
    assert lines_of(file) == [("One.",)]
    assert file.cues[0].fault == "its frame rate or tick rate is no number"


def test_spans_with_times_lose_no_word_between_them() -> None:
    spans = "So <span begin='0s' end='1s'>one</span> and <span begin='1s' end='2s'>two</span>"
    file = ttml(f"<div><p begin='1s'>{spans}</p></div>")
    assert [(cue.span, cue.lines) for cue in file.cues] == [
        (None, ("So",)),
        (TimeSpan(1000, 2000), ("one",)),
        (None, ("and",)),
        (TimeSpan(2000, 3000), ("two",)),
    ]


def test_nested_elements_without_end_are_read() -> None:
    deep = 5_000
    paragraph = f"<p begin='1s' end='2s'>{'<span>' * deep}Deep.{'</span>' * deep}</p>"
    file = ttml("<div>" * deep + paragraph + "</div>" * deep)
    assert lines_of(file) == [("Deep.",)]


def test_names_of_ass_keep_their_commas() -> None:
    made = Captions((Cue(TimeSpan(1000, 2000), "Rosa Balfour, Director", ("A {word}", "and\\Nanother")),))
    (cue,) = parse_ass(FORMATS["ass"].write(made).decode()).cues
    assert (cue.voice, cue.lines) == ("Rosa Balfour, Director", ("A {word}", "and\\Nanother"))
