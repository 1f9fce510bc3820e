"""What is written comes back, from our readers and from programs that are not ours."""

import html
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import av.logging
import pysrt
import pytest
import webvtt
from av.subtitles.subtitle import AssSubtitle
from hypothesis import given, settings
from hypothesis import strategies as st
from make_goldens import GOLDENS, sample
from praatio import textgrid as praat
from praatio.utilities.constants import Interval
from ttconv.imsc.reader import to_model as imsc_model
from ttconv.model import Br, P, Text

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, scc, stl
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.read import read_captions

Row = tuple[int, int, str]
"""Start and end in milliseconds, and the text, its lines joined with a line feed."""


def rows(captions: Captions) -> list[Row]:
    return [(cue.span.start, cue.span.end, "\n".join(cue.lines)) for cue in captions.cues]


def write(name: str, captions: Captions) -> bytes:
    return FORMATS[name].write(captions)


def read(name: str, data: bytes) -> Captions:
    reader = FORMATS[name].read
    assert reader is not None
    return reader(data)


# --- readers that somebody else wrote ---


def read_with_pysrt(data: bytes) -> list[Row]:
    items = pysrt.SubRipFile()
    items.read(io.StringIO(data.decode()).readlines(), error_handling=pysrt.SubRipFile.ERROR_RAISE)
    return [(item.start.ordinal, item.end.ordinal, item.text) for item in items]


def read_with_webvtt(data: bytes) -> list[Row]:
    return [
        (
            caption.start_time.in_milliseconds(),
            caption.end_time.in_milliseconds(),
            html.unescape(caption.text),
        )
        for caption in webvtt.from_buffer(io.BytesIO(data))
    ]


def read_with_ffmpeg(data: bytes) -> list[Row]:
    """Read with the demuxer that FFmpeg picks, and fail on any message of it."""
    found = []
    before = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        with av.logging.Capture(local=False) as messages, av.open(io.BytesIO(data), "r") as container:
            for packet in container.demux(subtitles=0):
                for subtitle in packet.decode():
                    assert packet.pts is not None
                    assert packet.duration is not None
                    assert isinstance(subtitle, AssSubtitle)
                    found.append((packet.pts, packet.pts + packet.duration, subtitle.dialogue.decode()))
    finally:
        av.logging.set_level(before)
    assert messages == []
    return found


def read_with_ttconv(data: bytes) -> list[Row]:
    """Read with the reference implementation of IMSC, which raises or is silent where a document is not one."""
    document = imsc_model(ET.ElementTree(ET.fromstring(data)))
    assert document is not None
    found = []
    body = document.get_body()
    assert body is not None
    for paragraph in body.dfs_iterator():
        if isinstance(paragraph, P):
            text = "".join(
                "\n" if isinstance(part, Br) else part.get_text() or ""
                for part in paragraph.dfs_iterator()
                if isinstance(part, Br | Text)
            )
            found.append(
                (round((paragraph.get_begin() or 0) * 1000), round((paragraph.get_end() or 0) * 1000), text)
            )
    return found


# --- what can be asked of each format ---

LETTERS = st.characters(categories=["L", "N", "P", "S"], exclude_characters="�")
CHARACTERS = LETTERS | st.sampled_from("&<>-–\"'’ü漢")
WORD = st.text(CHARACTERS, min_size=1, max_size=12) | st.sampled_from(
    ["-->", "&lt;", "2024", "WEBVTT", "NOTE", "a<b", "{x}"]
)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
SPEAKER = st.none() | st.text(CHARACTERS | st.sampled_from(" \n\t"), max_size=12) | LINE


@st.composite
def captions(draw: st.DrawFn, line: st.SearchStrategy[str] = LINE, step: int = 1) -> Captions:
    """Cues that run forward; `step` is what their times are multiples of, milliseconds."""
    clock = draw(st.integers(0, (9 if step in (10, 40) else 50) * 3_600_000 // step)) * step
    made = []
    for _ in range(draw(st.integers(1, 4))):
        start = clock + draw(st.integers(0, 9_000 // step)) * step
        clock = start + draw(st.integers(1, 9_000 // step)) * step
        lines = draw(st.lists(line, min_size=1, max_size=2).map(tuple))
        made.append(Cue(TimeSpan(start, clock), draw(SPEAKER), lines))
    return Captions(tuple(made))


def tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def voiced(made: Captions) -> list[tuple[TimeSpan, str | None, tuple[str, ...]]]:
    return [(cue.span, tidy(cue.speaker), cue.lines) for cue in made.cues]


def silent(made: Captions) -> list[tuple[TimeSpan, tuple[str, ...]]]:
    return [(cue.span, cue.lines) for cue in made.cues]


TAG = re.compile(r"</?[a-zA-Z\d][^<>]*>|\{\\")


def without_tags(made: Captions) -> bool:
    """SRT has no escapes: what looks like a tag is one. ASS has none for a backslash before a letter of its own."""
    return not any(TAG.search(line) for cue in made.cues for line in cue.lines)


@given(captions())
def test_vtt_comes_back(made: Captions) -> None:
    again = read("vtt", write("vtt", made))
    assert voiced(again) == voiced(made)
    assert again.notes == ()


@given(captions().filter(without_tags))
def test_srt_comes_back(made: Captions) -> None:
    again = read("srt", write("srt", made))
    assert silent(again) == silent(made)
    assert again.notes == ()


@pytest.mark.parametrize("name", ["ttml", "ebu-tt-d"])
@given(made=captions())
def test_ttml_comes_back(name: str, made: Captions) -> None:
    again = read(name, write(name, made))
    # Cues that lie on top of each other would be put in order; these run forward.
    assert silent(again) == silent(made)
    if name == "ttml":
        assert [cue.speaker for cue in again.cues] == [tidy(cue.speaker) for cue in made.cues]


@given(made=captions(step=1000), rate=st.sampled_from(["24", "25", "30", "24000/1001", "30000/1001"]))
def test_itt_comes_back_to_the_frame(made: Captions, rate: str) -> None:
    timed = replace(made, frame_rate=Fraction(rate))
    again = read("itt", write("itt", timed))
    assert again.frame_rate == Fraction(rate)
    half = 500 / Fraction(rate) + 1
    for cue, other in zip(made.cues, again.cues, strict=True):
        assert abs(cue.span.start - other.span.start) <= half
        assert abs(cue.span.end - other.span.end) <= half
        assert cue.lines == other.lines


@given(captions(step=10).filter(without_tags))
def test_ass_comes_back(made: Captions) -> None:
    again = read("ass", write("ass", made))
    assert silent(again) == silent(made)


@given(captions(step=10))
def test_lrc_comes_back(made: Captions) -> None:
    stamped = any(re.search(r"\[\d+:\d|<\d+:\d", line) for cue in made.cues for line in cue.lines)
    if not stamped:
        assert silent(read("lrc", write("lrc", made))) == silent(made)


@given(captions())
def test_json_comes_back(made: Captions) -> None:
    again = read("json", write("json", made))
    assert [(cue.span, cue.speaker or None, cue.lines) for cue in again.cues] == [
        (cue.span, cue.speaker or None, cue.lines) for cue in made.cues
    ]


@given(captions())
def test_textgrid_comes_back(made: Captions) -> None:
    assert silent(read("textgrid", write("textgrid", made))) == silent(made)


@given(captions())
def test_audacity_comes_back_on_one_line(made: Captions) -> None:
    again = read("audacity", write("audacity", made))
    assert silent(again) == [(cue.span, (" ".join(cue.lines),)) for cue in made.cues]


LATIN = st.text(st.sampled_from("abcxyzABCXYZ0189.,;:!?'()-áéíóúàèâêîôûçñäöüÄÖÜß%$"), min_size=1, max_size=9)


@given(captions(st.lists(LATIN, min_size=1, max_size=3).map(" ".join), step=40))
def test_stl_comes_back(made: Captions) -> None:
    again = read("stl", write("stl", made))
    assert silent(again) == silent(made)


@settings(deadline=None)
@given(st.lists(st.lists(LATIN, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4))
def test_scc_comes_back(texts: list[str]) -> None:
    made = tuple(
        Cue(TimeSpan(4000 * at + 4000, 4000 * at + 7000), None, (text,)) for at, text in enumerate(texts)
    )
    again = read("scc", write("scc", Captions(made)))
    assert [cue.lines for cue in again.cues] == [cue.lines for cue in made]
    for cue, other in zip(made, again.cues, strict=True):
        assert abs(cue.span.start - other.span.start) <= 70
        assert abs(cue.span.end - other.span.end) <= 70


def test_ctm_holds_the_words_that_have_a_time() -> None:
    made = sample("srt")
    assert made.alignment is not None
    words = [word for line in made.alignment.lines for word in line.words if word.span is not None]
    again = read("ctm", write("ctm", made))
    assert silent(again) == [(word.span, (word.text,)) for word in words]
    with pytest.raises(SubtitleError, match="only an alignment has"):
        write("ctm", Captions(made.cues))


# --- the judgement of others ---


@given(captions())
def test_pysrt_reads_what_srt_holds(made: Captions) -> None:
    assert read_with_pysrt(write("srt", made)) == rows(made)


@given(captions())
def test_webvtt_py_reads_what_vtt_holds(made: Captions) -> None:
    data = write("vtt", made)
    assert read_with_webvtt(data) == rows(made)
    voices = [html.unescape(caption.voice or "") for caption in webvtt.from_buffer(io.BytesIO(data))]
    assert voices == [tidy(cue.speaker) or "" for cue in made.cues]


@given(captions())
def test_ffmpeg_reads_what_vtt_holds(made: Captions) -> None:
    found = read_with_ffmpeg(write("vtt", made))
    assert [row[:2] for row in found] == [row[:2] for row in rows(made)]


@pytest.mark.parametrize("name", ["ttml", "ebu-tt-d"])
@given(made=captions())
def test_ttconv_reads_what_ttml_holds(name: str, made: Captions) -> None:
    assert read_with_ttconv(write(name, made)) == rows(made)


def test_ttconv_reads_what_itt_holds() -> None:
    made = replace(sample("srt"), frame_rate=Fraction(25))
    found = read_with_ttconv(write("itt", made))
    for row, (start, end, text) in zip(found, rows(made), strict=True):
        assert row[2] == text
        assert max(abs(row[0] - start), abs(row[1] - end)) <= 20


@pytest.mark.parametrize("time", ["1e999", "-1e999", "9" * 400])
def test_times_beyond_every_range_are_refused(time: str, tmp_path: Path) -> None:
    grid = re.sub(r"xmax = [\d.]+", f"xmax = {time}", write("textgrid", sample("textgrid")).decode())
    path = tmp_path / "talk.TextGrid"
    path.write_text(grid)
    with pytest.raises(SubtitleError, match=r"talk\.TextGrid: an interval from [\d.]+ to \S+ makes no sense"):
        read_captions(path)


def test_praat_reads_what_a_textgrid_holds(tmp_path: Path) -> None:
    made = sample("srt")
    path = tmp_path / "sample.TextGrid"
    path.write_bytes(write("textgrid", made))
    grid = praat.openTextgrid(str(path), includeEmptyIntervals=False)
    found = [
        (round(entry.start * 1000), round(entry.end * 1000), entry.label)
        for entry in grid.getTier("captions").entries
        if isinstance(entry, Interval)
    ]
    assert found == rows(made)
    assert made.alignment is not None
    words = sum(word.span is not None for line in made.alignment.lines for word in line.words)
    assert len(grid.getTier("words").entries) == words


def test_the_json_is_that_of_podcasting_2() -> None:
    made = sample("srt")
    found = json.loads(write("json", made))
    assert found["version"] == "1.0.0"
    assert set(found["segments"][0]) == {"speaker", "startTime", "endTime", "body"}
    assert [(s["startTime"], s["body"]) for s in found["segments"]] == [
        (cue.span.start / 1000, "\n".join(cue.lines)) for cue in made.cues
    ]


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("srt", read_with_pysrt),
        ("srt", read_with_ffmpeg),
        ("vtt", read_with_webvtt),
        ("vtt", read_with_ffmpeg),
        ("ttml", read_with_ttconv),
        ("ebu-tt-d", read_with_ttconv),
    ],
)
def test_the_sample_comes_back_from_every_reader(name: str, reader: Callable[[bytes], list[Row]]) -> None:
    made = sample("srt")
    assert len(made.cues) >= 6
    assert reader(write(name, made)) == rows(made)


# --- goldens ---


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"docx"}))  # its bytes are those of the zip library
def test_the_sample_is_written_as_before(name: str) -> None:
    """After a change that is meant: python tests/subtitles/make_goldens.py, and read what changed."""
    assert write(name, sample(name)) == (GOLDENS / f"sample{FORMATS[name].extension}").read_bytes()


def test_every_golden_has_a_format() -> None:
    names = {path.name for path in GOLDENS.iterdir() if path.name != "sample.alignment.json"}
    assert names == {f"sample{form.extension}" for name, form in FORMATS.items() if name != "docx"}


# --- what a format's own rules ask ---


def one(text: str, start: int = 0, end: int = 1000, **more: object) -> Captions:
    return Captions((Cue(TimeSpan(start, end), None, (text,), **more),))  # type: ignore[arg-type]


def test_hours_beyond_a_day_are_written_out() -> None:
    made = one("Late.", 359_998_000, 359_999_999)
    assert b"\n99:59:58,000 --> 99:59:59,999\n" in write("srt", made)
    assert b"\n99:59:58.000 --> 99:59:59.999\n" in write("vtt", made)


def test_a_speaker_cannot_break_out_of_the_voice_tag() -> None:
    made = Captions((Cue(TimeSpan(0, 1000), "A>B\n\n00:00:05.000 --> 00:00:06.000\nC", ("Hello",)),))
    (caption,) = webvtt.from_buffer(io.BytesIO(write("vtt", made)))
    assert caption.text == "Hello"
    assert write("vtt", made).count(b"-->") == 1


def test_a_label_stands_before_the_words_and_a_place_is_kept() -> None:
    cue = Cue(TimeSpan(0, 1000), "Mark Rutte", ("Well.",), "RUTTE:", settings="line:0")
    made = Captions((cue,))
    assert b"RUTTE: Well." in write("srt", made)
    assert read("vtt", write("vtt", made)).cues == (replace(cue, label="", lines=("RUTTE: Well.",)),)
    assert read("ttml", write("ttml", made)).cues[0].at_top
    assert read("ass", write("ass", made)).cues[0].at_top
    assert b"{\\an8}" in write("ass", made)


def test_colours_go_to_those_who_speak_after_the_first() -> None:
    spoken = tuple(
        Cue(TimeSpan(at * 1000, at * 1000 + 900), name, ("Yes.",)) for at, name in enumerate("ABA")
    )
    made = Captions(spoken, coloured=True)
    assert re.findall(rb"<v (.)>(<c\.\w+>)?Yes", write("vtt", made)) == [
        (b"A", b""),
        (b"B", b"<c.yellow>"),
        (b"A", b""),
    ]
    assert write("ttml", made).count(b"text yellow") == 1
    assert write("ass", made).count(rb"\c&H00FFFF&") == 1
    assert [cue.lines for cue in read("vtt", write("vtt", made)).cues] == [("Yes.",)] * 3


def test_italics_survive_from_srt_to_vtt_and_back() -> None:
    cue = read("srt", b"1\n00:00:01,000 --> 00:00:02,000\n<I>He</I> said <font color=red>so</font>.\n").cues[
        0
    ]
    assert cue.lines == ("He said so.",)
    assert cue.marked == ("<i>He</i> said so.",)
    again = read("vtt", write("vtt", Captions((cue,)))).cues[0]
    assert again == cue


def test_chapters_are_turns() -> None:
    names = ["A", "A", None, "B", "A"]
    spoken = tuple(
        Cue(TimeSpan(at * 1000, at * 1000 + 900), name, ("So it is.",)) for at, name in enumerate(names)
    )
    found = read_with_webvtt(write("chapters", Captions(spoken)))
    assert found == [(0, 3000, "A: So it is."), (3000, 4000, "B: So it is."), (4000, 4900, "A: So it is.")]


def test_the_page_of_html_escapes_what_people_wrote() -> None:
    made = sample("srt")
    assert made.alignment is not None
    line = replace(made.alignment.lines[0], speaker="<script>x</script>", text="a <b> & c")
    page = write(
        "html", replace(made, title="<T>", alignment=replace(made.alignment, lines=(line,)))
    ).decode()
    assert "<script>" not in page
    assert "a &lt;b&gt; &amp; c" in page
    assert "<title>&lt;T&gt;</title>" in page


def test_what_scc_has_no_room_for_is_said() -> None:
    with pytest.raises(SubtitleError, match="caption 1 has a line of 46 characters, and SCC holds 32"):
        write("scc", one("This line has more than thirty-two characters.", 5000, 9000))
    with pytest.raises(SubtitleError, match="SCC has no character for 'Ж', in caption 1"):
        write("scc", one("Жук", 5000, 9000))
    assert read("scc", write("scc", one("Erdoğan", 5000, 9000))).cues[0].lines == ("Erdogan",)


def test_what_scc_can_only_send_late_is_said() -> None:
    long = "Because I say so, and that's it."
    # Showing the first takes 2 frames from its in-time, and only then the 22 that load the second can be sent.
    late = Captions((Cue(TimeSpan(2000, 2100), None, ("Why?",)), Cue(TimeSpan(2100, 6000), None, (long,))))
    form = FORMATS["scc"]
    assert form.remark(late) == "1 caption comes in up to 0.7 s late: SCC cannot send so much text sooner"
    (_, second) = read("scc", form.write(late)).cues
    assert second.lines == (long,)
    assert 2700 <= second.span.start <= 2900
    assert form.remark(one(long, 5000, 9000)) == ""
    longer = replace(late.cues[1], lines=(long[:32], long[:32], long[:32]))
    with pytest.raises(SubtitleError, match=r"SCC cannot hold caption 2, .* too soon to be sent"):
        form.write(replace(late, cues=(late.cues[0], longer)))


@pytest.mark.parametrize(
    ("text", "shown", "table"),
    [
        ("Добрый день — «друзья»", 'Добрый день - "друзья"', b"01"),
        ("مرحبا، كيف حالك؟", "مرحبا، كيف حالك؟", b"02"),
        ("Καλημέρα «φίλοι»…", "Καλημέρα «φίλοι»...", b"03"),
        ("שלום, NATO: “לכם”", 'שלום, NATO: "לכם"', b"04"),
        ("Œuvre d’été", "Œuvre d’été", b"00"),
    ],
)
def test_stl_states_the_table_of_its_script(text: str, shown: str, table: bytes) -> None:
    data = write("stl", one(text, 5000, 9000))
    assert data[12:14] == table
    assert unicodedata.normalize("NFC", read("stl", data).cues[0].text) == shown


@pytest.mark.parametrize("table", ["iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8"])
@given(data=st.data())
def test_every_letter_of_the_tables_of_stl_comes_back(table: str, data: st.DataObject) -> None:
    letters = [
        letter for code in range(0xA1, 0x100) if (letter := bytes([code]).decode(table, "ignore")).isalpha()
    ]
    text = data.draw(st.text(letters, min_size=1, max_size=stl.WIDTH))
    if unicodedata.is_normalized("NFC", text):
        found = read("stl", write("stl", one(text, 5000, 9000))).cues[0].text
        assert unicodedata.normalize("NFC", found) == text  # an omega alone is the sign for ohm


def test_what_stl_has_no_character_for_is_said() -> None:
    with pytest.raises(SubtitleError, match="EBU STL has no character for 'ไ', in caption 1"):
        write("stl", one("ไทย", 5000, 9000))
    with pytest.raises(SubtitleError, match="no character for 'Ж' beside those of ISO 8859-7, in caption 1"):
        write("stl", one("Καλημέρα, Жук", 5000, 9000))
    text = "Erdoğan, Łódź, Šibenik: «Œuvre»"
    found = read("stl", write("stl", one(text, 5000, 9000))).cues[0].lines
    assert [unicodedata.normalize("NFC", line) for line in found] == [text]


def test_xml_holds_no_control_characters() -> None:
    data = write("ttml", one("a\x0bb"))
    assert read("ttml", data).cues[0].lines == ("a\N{REPLACEMENT CHARACTER}b",)


@pytest.mark.parametrize(
    ("text", "direction"), [("?מה שלומך", True), ("“كيف حالك؟", True), ("How are you?", False)]
)
def test_what_runs_from_right_to_left_is_said(text: str, direction: bool) -> None:
    for name in ("ttml", "ebu-tt-d", "itt"):
        made = write(name, one(text))
        assert (b'tts:direction="rtl"' in made) == direction
        assert (b'tts:unicodeBidi="embed"' in made) == direction
        assert read(name, made).cues[0].lines == (text,)
    style = next(line for line in write("ass", one(text)).decode().splitlines() if line.startswith("Style: "))
    assert style.endswith(",-1")


def test_the_letters_of_ebu_tt_d_are_those_of_the_broadcasters() -> None:
    made = write("ebu-tt-d", one("Yes."))
    assert b'ttp:cellResolution="50 30"' in made
    assert b'tts:fontSize="160%"' in made


@given(
    st.sampled_from([name for name, form in FORMATS.items() if not form.binary]),
    st.text(min_size=1, max_size=8),
)
def test_no_control_character_of_a_text_reaches_a_file(name: str, odd: str) -> None:
    cue = Cue(TimeSpan(1000, 2000), f"Anna{odd}Reed", (f"hel\x1b]0;pwn\x07lo\x9b31m{odd}there",))
    try:
        data = write(name, Captions((cue,), title=f"The \x1b[31mred\x7f{odd} one"))
    except SubtitleError:  # CEA-608 has not all characters
        return
    found = {letter for letter in data.decode() if unicodedata.category(letter) == "Cc"}
    assert found <= {"\t", "\n", "\r"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.lrc", f"[{'9' * 300}:00.00]Hello\n[{'9' * 301}:00.00]there\n"),
        ("a.json", '{"segments": [{"startTime": 1, "endTime": 1e300, "body": "Hello"}]}'),
        ("a.srt", "1\n00:00:01,000 --> 999:00:00,000\nHello\n"),
        ("a.labels.txt", f"1.0\t{'9' * 30}\tHello\n"),
    ],
)
def test_a_time_that_no_recording_has_is_refused(name: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(SubtitleError, match=rf"{re.escape(name)}: caption 1 has a time beyond 200 hours"):
        read_captions(path)


TEN_HOURS = 36_000_000


def test_stl_counts_from_the_programmes_start_and_is_read_without_it() -> None:
    captions = replace(one("Yes.", 5_000, 9_000), programme_start=TEN_HOURS)
    data = write("stl", captions)
    assert data[256:272] == b"1000000010000500"
    assert data[1024 + 5 : 1024 + 13] == bytes([10, 0, 5, 0, 10, 0, 9, 0])
    again = read("stl", data)
    assert (again.programme_start, again.cues[0].span) == (TEN_HOURS, TimeSpan(5_000, 9_000))
    assert write("stl", again) == data


def test_stl_that_begins_before_its_programme_keeps_its_times() -> None:
    data = bytearray(write("stl", one("Yes.", 5_000, 9_000)))
    data[256:264] = b"10000000"
    again = read("stl", bytes(data))
    assert (again.programme_start, again.cues[0].span) == (0, TimeSpan(5_000, 9_000))
    assert any("programme's start" in note for note in again.notes)


@pytest.mark.parametrize(
    ("rate", "code"),
    [(None, b"STL25.01"), (25, b"STL25.01"), (30, b"STL30.01"), (Fraction(30_000, 1001), b"STL30.01")],
)
def test_stl_has_30_frames_for_video_of_30_or_29_97(rate: Fraction | int | None, code: bytes) -> None:
    captions = replace(one("Yes.", 5_000, 9_000), frame_rate=None if rate is None else Fraction(rate))
    assert write("stl", captions)[3:11] == code


def test_scc_counts_from_the_programmes_start() -> None:
    captions = replace(one("Yes.", 5_000, 9_000), programme_start=3_600_000)
    (cue,) = read("scc", write("scc", captions)).cues
    assert abs(cue.span.start - 3_605_000) <= 34


def test_a_transcript_for_word_has_speakers_as_headings_and_each_time() -> None:
    import docx

    made = replace(sample("srt"), title="A \x00 title")
    data = write("docx", made)
    assert data == write("docx", made)
    read = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in read.paragraphs]
    assert texts[0] == "A \N{REPLACEMENT CHARACTER} title"
    assert made.alignment is not None
    spoken = [line for line in made.alignment.lines if line.span]
    assert {line.speaker for line in spoken if line.speaker} <= {
        one.text for one in read.paragraphs if one.style and one.style.name == "Heading 2"
    }
    for line in spoken:
        assert any(text.startswith("[0:") and line.text in text for text in texts)


def test_the_limits_of_formats_are_those_of_their_modules() -> None:
    assert (FORMATS["scc"].line_length, FORMATS["scc"].min_duration) == (scc.WIDTH, scc.MIN_DURATION)
    assert FORMATS["stl"].line_length == stl.WIDTH
