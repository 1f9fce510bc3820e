"""A fixed file differs from what it was in times and line breaks, and in nothing else."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.app.jobs.check import CheckRequest, check_file
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.fix import fix
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, vtt
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.patching.patch import patched
from asdelivered.subtitles.style_file import named_style
from asdelivered.transcripts.captions.times import clock_time

NETFLIX = named_style("netflix")

SRT = """1
00:00:01,000 --> 00:00:01,400 X1:10 X2:20 Y1:30 Y2:40
{\\an8}<font color="#ffff00">The <i>Seagull</i> sails at noon, and nobody knows when it will come back.</font>

2
00:00:08,000 --> 00:00:09,500
Good.
"""
VTT = """\ufeffWEBVTT - The ferry

STYLE
::cue(.loud) { color: red; }

opening
00:01.000 --> 00:01.400 line:10% align:start
<v.loud Anna>The <c.loud>Seagull</c> sails at noon, and nobody
<v Ben>knows when <i>it will</i> come back &amp; why.</v>

NOTE ask the captain

00:00:08.000 --> 00:00:09.500
<ruby>港<rt>みなと</rt></ruby>
"""
ASS = """[Script Info]
PlayResX: 1280

[V4+ Styles]
Style: Sign,Open Sans,48,&H0000FFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,0,8,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Sign,,0,0,0,,ask, the captain
Dialogue: 3,0:00:01.00,0:00:01.40,Sign,Anna,0,0,5,,{\\pos(10,20)}The {\\i1}Seagull{\\i0} \
sails at noon, and nobody knows when it will come back.
Dialogue: 0,0:00:08.00,0:00:09.50,Sign,,0,0,0,,Good.
"""
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- of our house -->
<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25">
<tt:body><tt:div begin="10s">
<tt:p xml:id="one" begin="1s" dur="0.4s">The \
<tt:span tts:color="red">Seagull</tt:span> sails at noon, and nobody knows when it will come back.</tt:p>
<tt:p xml:id="two" begin='00:00:08:00' end='00:00:09:12'>Good.</tt:p>
</tt:div></tt:body></tt:tt>
"""
FILES = {"srt": SRT, "vtt": VTT, "ass": ASS, "ttml": TTML}


def read(format: str, data: bytes) -> Captions:
    reader = FORMATS[format].read
    assert reader is not None
    return reader(data)


def without_times_and_breaks(text: str) -> str:
    text = re.sub(r"\d+:[\d:.,]+\d|\b(?:end|dur|begin)=['\"][^'\"]*['\"]", "", text)
    return re.sub(r"\s+|\\N|<(?:tt:)?br/>", "", text)


@pytest.mark.parametrize("format", FILES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_times_and_line_breaks_change(tmp_path: Path, format: str, line_end: str) -> None:
    path = tmp_path / f"a.{format}"
    before = FILES[format].replace("\n", line_end)
    path.write_bytes(before.encode())
    found = check_file(CheckRequest(path, "netflix", fix=True))
    after = path.read_bytes().decode()
    assert found.changes
    assert after != before
    assert without_times_and_breaks(after) == without_times_and_breaks(before)
    assert "\n" not in after.replace(line_end, "")
    changed = [
        (old, new)
        for old, new in zip(before.split(line_end), after.split(line_end), strict=False)
        if old != new
    ]
    assert all(re.search(r"\d:\d|begin=|noon", old) for old, _ in changed[:1])


@pytest.mark.parametrize("format", FILES)
def test_a_fix_that_finds_nothing_changes_nothing(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"a.{format}"
    text = FILES[format].replace("01.400", "06.600").replace("01,400", "06,600").replace("01.40", "06.60")
    text = text.replace("0.4s", "3.6s").replace(
        "nobody knows", "nobody\\Nknows" if format == "ass" else "nobody knows"
    )
    text = text.replace("nobody knows", "nobody<tt:br/>knows" if format == "ttml" else "nobody\nknows")
    path.write_text(text)
    stamp = path.stat().st_mtime_ns
    assert check_file(CheckRequest(path, "netflix", fix=True)).changes == ()
    assert path.read_text() == text
    assert path.stat().st_mtime_ns == stamp


BECAUSE = "because the wind is strong and the harbour small."
LONG = f"The Seagull sails at noon, and nobody knows when it will come back, {BECAUSE}"
LONG_TTML = (
    TTML.replace('"0.4s"', '"8s"')
    .replace("<tt:span", '<tt:span xml:id="s"')
    .replace("Seagull</tt:span>", "Seagull")
    .replace("come back.", f"come back, {BECAUSE}</tt:span>")
)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("srt", f"7\n00:00:01,000 --> 00:00:09,000\n<i>{LONG}</i>\n\n8\n00:00:10,000 --> 00:00:12,000\nGood.\n"),
        (
            "vtt",
            f"WEBVTT\n\na\n00:01.000 --> 00:09.000 line:0\n<v Anna><i>{LONG}</i></v>\n\n"
            "b\n00:10.000 --> 00:12.000\nGood.\n",
        ),
        ("ass", ASS.replace("0:00:01.40", "0:00:07.40").replace("come back.", f"come back. {LONG}")),
        ("ttml", LONG_TTML),
    ],
)  # fmt: skip
def test_a_caption_that_is_split_keeps_its_markup_in_both_parts(
    tmp_path: Path, format: str, text: str
) -> None:
    path = tmp_path / f"a.{format}"
    path.write_text(text)
    before = read(format, text.encode())
    found = check_file(CheckRequest(path, "netflix", fix=True))
    assert any("split" in change for change in found.changes)
    after = read(format, path.read_bytes())
    assert len(after.cues) > len(before.cues)
    words = [" ".join(" ".join(cue.lines) for cue in captions.cues) for captions in (before, after)]
    assert words[0] == words[1]
    made = path.read_text()
    if format in ("srt", "vtt"):
        assert made.count("<i>") == made.count("</i>") == 2
    if format == "srt":
        assert re.findall(r"^\d+$", made, re.MULTILINE) == ["1", "2", "3"]
    if format == "vtt":
        assert made.count("line:0") == made.count("<v Anna>") == 2
    if format == "ass":
        assert made.count(r"{\pos(10,20)}") == len(after.cues) - 1
    if format == "ttml":
        assert made.count("tts:color") == 2
        assert made.count('xml:id="one"') == made.count('xml:id="s"') == 1


def test_what_moves_is_not_split() -> None:
    text = (
        ASS.replace(r"{\pos(10,20)}", r"{\move(1,2,3,4)}")
        .replace("come back.", f"come back. {LONG}")
        .encode()
    )
    before = read("ass", text)
    fixed = fix(before.cues, NETFLIX)
    with pytest.raises(SubtitleError, match="it moves or fades"):
        patched(text, before, fixed.cues, "ass")


def test_captions_out_of_order_are_sorted_with_what_stands_before_them(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\nNOTE b\n\nb\n00:10.000 --> 00:12.000\nLate.\n\na\n00:01.000 --> 00:03.000 align:start\nEarly.\n"
    )
    check_file(CheckRequest(path, "netflix", fix=True))
    assert path.read_text() == (
        "WEBVTT\n\nNOTE b\n\na\n00:01.000 --> 00:03.000 align:start\nEarly.\n\nb\n00:10.000 --> 00:12.000\nLate.\n"
    )


def test_a_format_that_is_only_written_anew_is_fixed_where_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.scc"
    cues = (Cue(TimeSpan(2000, 2300), None, ("Good.",)), Cue(TimeSpan(6000, 9000), None, ("It sails.",)))
    data = FORMATS["scc"].write(Captions(cues))
    path.write_bytes(data)
    assert check_file(CheckRequest(path, "dcmp", fix=True)).changes
    assert read("scc", path.read_bytes()).cues[0].span.duration > 1000
    path.write_bytes(data + b"\n; a comment\n")
    with pytest.raises(SubtitleError, match="write another file with -o FILE"):
        check_file(CheckRequest(path, "dcmp", fix=True))
    assert path.read_bytes() == data + b"\n; a comment\n"
    check_file(CheckRequest(path, "dcmp", fix=True, output=tmp_path / "b.scc"))
    assert len(read("scc", (tmp_path / "b.scc").read_bytes()).cues) == 2


def test_the_ending_of_the_output_says_its_format(tmp_path: Path) -> None:
    path = tmp_path / "a.ttml"
    path.write_text(TTML)
    check_file(CheckRequest(path, "netflix", fix=True, output=tmp_path / "b.srt"))
    assert (tmp_path / "b.srt").read_text().startswith("1\n00:00:")
    assert path.read_text() == TTML


def test_the_encoding_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    text = SRT.replace("Seagull", "Чайка")
    path.write_bytes(text.encode("windows-1251"))
    check_file(CheckRequest(path, "netflix", fix=True, encoding="windows-1251"))
    made = path.read_bytes().decode("windows-1251")
    assert without_times_and_breaks(made) == without_times_and_breaks(text)
    path.write_bytes(text.encode("utf-16"))
    check_file(CheckRequest(path, "netflix", fix=True))
    assert path.read_bytes()[:2] == b"\xff\xfe"


WORD = st.text(st.sampled_from("abcdeé"), min_size=1, max_size=8)
TAGS = st.sampled_from(["", "", "", "<i>{}</i>", "<b>{}</b>", "<c.red>{}</c>"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.tuples(TAGS, WORD), min_size=1, max_size=25))
    marked = [tag.format(word) if tag else word for tag, word in words]
    return "".join(word + draw(st.sampled_from([" ", " ", "\n"])) for word in marked).strip()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000), texts()), min_size=1, max_size=5))
def test_any_vtt_is_fixed_in_place(rows: list[tuple[int, int, str]]) -> None:
    blocks = [f"{clock_time(a)} --> {clock_time(a + stays)}\n{text}" for a, stays, text in rows]
    text = "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"
    before = read("vtt", text.encode())
    fixed = fix(before.cues, NETFLIX)
    made = patched(text.encode(), before, fixed.cues, "vtt")
    after = read("vtt", made).cues
    assert [(cue.span, cue.lines) for cue in after] == [(cue.span, cue.lines) for cue in fixed.cues]
    assert all(made.decode().count(f"<{tag}>") == made.decode().count(f"</{tag}>") for tag in "ib")
    if not fixed.changes:
        assert made == text.encode()
    assert replace(before, cues=after).cues == after


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000), texts()), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["", " X1:10 X2:20 Y1:30 Y2:40"]),
    st.sampled_from(["", "\n", "\n\n\n"]),
    st.integers(1, 3),
)
def test_any_srt_is_fixed_in_place(
    rows: list[tuple[int, int, str]], line_end: str, mark: str, place: str, ending: str, blanks: int
) -> None:
    """With any line ends, a byte order mark or none, an end of the last line or none, blanks side by side."""
    blocks = [
        f"{number}\n{clock_time(a, ',')} --> {clock_time(a + stays, ',')}{place}\n{text.replace(' ', ' ' * blanks)}"
        for number, (a, stays, text) in enumerate(rows, start=1)
    ]
    text = (mark + "\n\n".join(blocks) + ending).replace("\n", line_end)
    before = read("srt", text.encode())
    fixed = fix(before.cues, NETFLIX)
    made = patched(text.encode(), before, fixed.cues, "srt").decode()
    after = read("srt", made.encode()).cues
    assert [cue.span for cue in after] == [cue.span for cue in fixed.cues]
    assert (
        " ".join(" ".join(cue.lines) for cue in after).split()
        == " ".join(" ".join(cue.lines) for cue in fixed.cues).split()
    )
    assert made.startswith(mark)
    assert made.count("\ufeff") == len(mark)
    assert made.replace(line_end, "").count("\n") == made.replace(line_end, "").count("\r") == 0
    assert made.endswith(line_end) == text.endswith(line_end)
    if not fixed.changes:
        assert made == text


def test_a_caption_without_blanks_is_broken_and_split_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    text = (
        "渡轮今天不开，因为风太大了，港口也太小，谁也不知道它什么时候能够再次出海，请大家明天早上再来看看吧。"
    )
    path.write_text(f"1\n00:00:01,000 --> 00:00:12,000\n<i>{text}</i>\n")
    assert check_file(CheckRequest(path, "netflix", fix=True, language="zh")).errors == 0
    made = path.read_text()
    assert "".join(re.findall("[^\\x00-\\x7f]+", made)) == text
    assert made.count("<i>") == made.count("</i>") == len(read("srt", made.encode()).cues) > 1


def test_two_who_speak_in_a_caption_are_parted_rather_than_joined_on_a_line() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:06.000\n<v Anna>We never said</v>\n"
        "<v Ben>that the <c.loud>harbour</c> would close in the winter of this year.</v>\n"
    )
    before = vtt.read(text.encode())
    fixed = fix(before.cues, named_style("netflix"), "en")
    made = patched(text.encode(), before, fixed.cues, "vtt").decode()
    cues = vtt.read(made.encode()).cues
    assert [(cue.speaker, cue.lines) for cue in cues] == [
        ("Anna", ("We never said",)),
        ("Ben", ("that the harbour would close", "in the winter of this year.")),
    ]
    assert "<c.loud>harbour</c>" in made


def test_ruby_is_neither_counted_nor_parted_when_lines_are_broken() -> None:
    words = "<ruby>渡<rt>わた</rt>船<rt>し</rt></ruby>は風が強すぎるので、今日は出られません。"
    text = f"WEBVTT\n\n00:01.000 --> 00:08.000\n{words}\n"
    before = vtt.read(text.encode())
    style = named_style("netflix").in_language("ja")
    made = patched(text.encode(), before, fix(before.cues, style, "ja").cues, "vtt").decode()
    assert "".join(made.split("\n")[3:]) == words
    assert all(width_of(line) <= 26 for line in vtt.read(made.encode()).cues[0].lines)
