"""Caption files as they are found: read, with a note of what was wrong, or refused in a sentence that names the
line.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.read import read_captions

Cues = list[tuple[int, int, str]]

TWO: Cues = [(1000, 2500, "Hello there."), (3000, 4000, "Good morning.")]
SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello there.\n\n2\n00:00:03,000 --> 00:00:04,000\nGood morning.\n"
VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello there.\n\n00:00:03.000 --> 00:00:04.000\nGood morning.\n"
)


def read(tmp_path: Path, data: bytes | str, name: str = "a.srt") -> tuple[Cues, tuple[str, ...]]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    captions, _ = read_captions(path)
    return [(cue.span.start, cue.span.end, "\n".join(cue.lines)) for cue in captions.cues], captions.notes


def refused(tmp_path: Path, data: bytes | str, name: str = "a.srt") -> str:
    with pytest.raises(SubtitleError) as caught:
        read(tmp_path, data, name)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / name}: ")
    assert "\n" not in message
    return message.removeprefix(f"{tmp_path / name}: ")


def test_srt_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + SRT.encode()) == (TWO, ())


def test_srt_with_windows_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("\n", "\r\n")) == (TWO, ())


def test_srt_with_old_mac_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("\n", "\r")) == (TWO, ())


def test_srt_without_blank_lines(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("\n\n", "\n")) == (TWO, ())


def test_srt_with_many_blank_lines(tmp_path: Path) -> None:
    assert read(tmp_path, "\n\n" + SRT.replace("\n\n", "\n\n\n\n")) == (TWO, ())


def test_srt_with_wrong_numbers(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("2\n00:00:03", "7\n00:00:03"))[0] == TWO


def test_srt_without_numbers(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("1\n00:", "00:").replace("2\n00:", "00:")) == (TWO, ())


def test_srt_with_one_number_missing(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.replace("2\n00:", "00:"))
    assert found == TWO
    assert notes == ("line 5: a caption without a number",)


def test_srt_with_points_in_its_times(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace(",", "."))[0] == TWO


def test_srt_with_short_times(tmp_path: Path) -> None:
    assert read(tmp_path, "1\n0:00:01,0 --> 00:02,5\nHello there.\n")[0] == [(1000, 2500, "Hello there.")]


def test_srt_with_a_thin_arrow(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace(" --> ", "->")) == (TWO, ())


def test_srt_with_html(tmp_path: Path) -> None:
    data = SRT.replace("Hello there.", '<font color="#fff">Hello</font> <B>there</B>.').replace(
        "Good", "{\\an8}Good"
    )
    assert read(tmp_path, data) == (TWO, ())


def test_srt_with_what_only_looks_like_html(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("Hello there.", "I <3 x < y & z."))[0][0][2] == "I <3 x < y & z."


def test_srt_that_overlaps(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("02,500", "03,500"))[0] == [(1000, 3500, "Hello there."), TWO[1]]


def test_srt_out_of_order(tmp_path: Path) -> None:
    first, second = SRT.strip().split("\n\n")
    assert read(tmp_path, f"{second}\n\n{first}\n")[0] == TWO[::-1]


def test_srt_that_begins_below_zero(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.replace("00:00:01,000", "-00:00:01,000"))
    assert found[0] == (0, 2500, "Hello there.")
    assert notes == ("line 2: a time below zero, taken for zero",)


def test_srt_that_ends_before_it_begins(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.replace("02,500", "00,500"))
    assert found[0] == (1000, 1000, "Hello there.")
    assert notes == ("line 2: it ends before it begins; taken to end where it begins",)


def test_srt_of_a_hundred_hours(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "1\n100:00:01,000 --> 100:00:02,000\nLate.\n")
    assert found == [(360_001_000, 360_002_000, "Late.")]


def test_srt_in_utf_16(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.encode("utf-16")) == (TWO, ())


def test_srt_in_utf_16_without_a_mark(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.encode("utf-16-le"))
    assert found == TWO
    assert notes == ("taken for UTF-16-LE, which it does not say",)


def test_srt_in_windows_1252(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.replace("Hello", "Café –").encode("cp1252"))
    assert found[0][2] == "Café – there."
    assert notes == ("not UTF-8: taken for Windows-1252",)


def test_srt_truncated_in_a_time(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT[: SRT.index("00:00:04")] + "00:0")
    assert found == TWO[:1]
    assert notes == ("line 6: the file breaks off inside a time; the caption is left out",)


def test_srt_truncated_in_its_text(tmp_path: Path) -> None:
    assert read(tmp_path, SRT[:-5])[0] == [TWO[0], (3000, 4000, "Good morn")]


def test_srt_with_a_blank_line_inside_a_caption(tmp_path: Path) -> None:
    found, notes = read(tmp_path, SRT.replace("Hello there.", "Hello\n\nthere."))
    assert found == [(1000, 2500, "Hello\nthere."), TWO[1]]
    assert notes == ("line 4: a blank line inside a caption, which goes on below it",)


def test_srt_with_a_caption_that_is_a_number(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("Hello there.", "2024"))[0][0] == (1000, 2500, "2024")


def test_srt_with_an_empty_caption(tmp_path: Path) -> None:
    assert read(tmp_path, SRT.replace("Hello there.\n", ""))[0] == [(1000, 2500, ""), TWO[1]]


def test_srt_with_a_time_that_is_none(tmp_path: Path) -> None:
    message = refused(tmp_path, SRT.replace("00:00:02,500", "00:xx:02,500"))
    assert message == "line 2: '00:00:01,000 --> 00:xx:02,500' is not a pair of times"


def test_vtt_with_commas(tmp_path: Path) -> None:
    found, notes = read(tmp_path, VTT.replace(".000", ",000").replace(".500", ",500"), "a.vtt")
    assert found == TWO
    assert notes[0] == "line 3: a comma in a time, where WebVTT has a point"


def test_vtt_without_its_first_line(tmp_path: Path) -> None:
    found, notes = read(tmp_path, VTT.removeprefix("WEBVTT\n\n"), "a.vtt")
    assert found == TWO
    assert notes == ("line 1: WEBVTT is missing, which browsers ask for",)


def test_vtt_without_blank_lines(tmp_path: Path) -> None:
    found, notes = read(tmp_path, VTT.replace("there.\n\n", "there.\n"), "a.vtt")
    assert found == TWO
    assert notes == ("line 5: no blank line before the caption",)


def test_vtt_with_notes_styles_names_and_settings(tmp_path: Path) -> None:
    data = (
        "WEBVTT - a title\nKind: captions\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\nintro\n"
        "00:01.000 --> 00:02.500 line:0 align:start\n<v.loud Rosa Balfour>Hello <c.x>there</c>.</v>\n\n"
        "NOTE a word\nin between\n\n2\n00:03.000 --> 00:04.000\n- Good <00:03.500>morning.\n"
    )
    path = tmp_path / "a.vtt"
    path.write_text(data, "utf-8")
    captions, name = read_captions(path)
    assert name == "vtt"
    first, second = captions.cues
    assert (first.speaker, first.lines, first.settings) == (
        "Rosa Balfour",
        ("Hello there.",),
        "line:0 align:start",
    )
    assert second.lines == ("- Good morning.",)
    assert captions.head == "NOTE made by hand\n\nSTYLE\n::cue { color: red }"
    assert captions.notes == ()


def test_vtt_with_entities_and_crlf_and_tabs(tmp_path: Path) -> None:
    data = (
        VTT.replace("Hello there.", "Hello &amp; there&lt;.")
        .replace("\n", "\r\n")
        .replace(" --> ", "\t-->\t")
    )
    assert read(tmp_path, data, "a.vtt")[0] == [(1000, 2500, "Hello & there<."), TWO[1]]


def test_vtt_truncated(tmp_path: Path) -> None:
    found, notes = read(tmp_path, VTT[: VTT.index("00:00:04")], "a.vtt")
    assert found == TWO[:1]
    assert notes == ("line 6: the file breaks off inside a time; the caption is left out",)


def test_vtt_with_a_time_that_is_none(tmp_path: Path) -> None:
    message = refused(tmp_path, VTT.replace("00:00:02.500", "2,5s"), "a.vtt")
    assert message == "line 3: '00:00:01.000 --> 2,5s' is not a pair of times"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.srt", b"", "the file is empty"),
        ("a.srt", b"\xef\xbb\xbf\r\n \n", "the file is empty"),
        ("a.srt", b"A letter, and no captions.", "no captions in it"),
        ("a.srt", b"MZ\x90\x00\x03\x00\x00\x00\x04", "not a text file: it holds zero bytes"),
        ("a.srt", b"\xff\xfe1\x00\x00", "says that it is UTF-16-LE, and is not"),
        ("a.vtt", b"A letter.", "no WebVTT file: it does not begin with WEBVTT, and has no captions"),
        ("a.ttml", b"<tt xmlns='http://www.w3.org/ns/ttml'><body>", "not XML"),
        ("a.ttml", b"<html/>", "no TTML: its root is <html>"),
        (
            "a.ttml",
            b"<!DOCTYPE tt [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><tt><body><div><p>&a;</p></div></body></tt>",
            "it has a document type or entities, which captions have no use for",
        ),
        (
            "a.ttml",
            b"<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s'> </p></div></body></tt>",
            "no captions in it",
        ),
        (
            "a.ttml",
            b"<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='soon' end='2s'>x</p></div></body></tt>",
            "'soon' is not a time of TTML",
        ),
        ("a.ass", b"[Script Info]\nTitle: x\n", "not an ASS file: it has no [Events]"),
        ("a.scc", b"Scenarist_SCC V1.0\n", "no captions in it"),
        ("a.stl", b"850STL25.01" + b" " * 400, "not an EBU STL file"),
        ("a.stl", b"850STL25.01" + b"\xff" * 2000, "the EBU STL file cannot be understood"),
        ("a.json", b"{", "no JSON"),
        ("a.json", b"[]", 'it has no "segments"'),
        ("a.json", b'{"segments": [{"startTime": 3, "endTime": 1, "body": "x"}]}', "segment 1 is not valid"),
        ("a.lrc", b"la la la", "not an LRC file"),
        ("a.TextGrid", b"File type", "not a TextGrid"),
        ("a.ctm", b"rec 1 x 0.2 word", "line 1: not CTM"),
        ("a.txt", b"0\t1\tx\n3\t1\tbackwards", "line 2: not a label"),
        (
            "a.txt",
            b"\nGood morning.\n",
            "expected captions, and found text without times; nor is line 2 a label of",
        ),
        ("a.xyz", b"what is this", "captions in an unknown format"),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    assert says in refused(tmp_path, data, name)


@pytest.mark.parametrize("name", ["a.srt", "a.txt", "a.unknown", "a.ttml"])
def test_srt_is_recognised_under_any_name(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, SRT, name) == (TWO, ())


def test_content_counts_more_than_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(VTT)
    assert read_captions(path)[1] == "vtt"


@pytest.mark.parametrize(("name", "number"), [("a.srt", 2), ("a.vtt", 3)])
def test_a_caption_whose_times_are_none_is_not_lost(tmp_path: Path, name: str, number: int) -> None:
    data = (SRT if name == "a.srt" else VTT).replace("00:00:01,000", "soon").replace("00:00:01.000", "soon")
    times = "'soon --> 00:00:02,500'" if name == "a.srt" else "'soon --> 00:00:02.500'"
    assert refused(tmp_path, data, name) == f"line {number}: {times} is not a pair of times"


def test_paragraphs_of_ttml_without_times_stand_from_the_beginning(tmp_path: Path) -> None:
    data = "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p>No.</p><p begin='1s' end='2s'>x</p></div></body></tt>"
    found, notes = read(tmp_path, data, "a.ttml")
    assert found == [(0, 1000, "No."), (1000, 2000, "x")]
    assert notes == ("caption 1, 'No.', has no end: taken to end at 1.000 s, where the next one begins",)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SubtitleError, match="there is no such file"):
        read_captions(tmp_path / "none.srt")
    with pytest.raises(SubtitleError, match="is a folder: give the caption file itself"):
        read_captions(tmp_path)


def test_ttml_of_other_houses(tmp_path: Path) -> None:
    """Offsets, ticks, frames, nested times, and a span for each line."""
    data = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:tts="http://www.w3.org/ns/ttml#styling" ttp:frameRate="25" ttp:tickRate="10000000" xml:lang="de">
 <head><layout><region xml:id="r1"><style tts:origin="10% 5%" tts:displayAlign="before"/></region></layout></head>
 <body begin="1s"><div begin="500ms">
  <p begin="0s" end="10000000t" region="r1"><span>Oben</span>
     <br/> <span>zweite  Zeile</span></p>
  <p begin="00:00:02:05" dur="25f">Bilder</p>
  <p begin="1m" end="61.5s">Minute</p>
 </div></body></tt>"""
    path = tmp_path / "a.dfxp"
    path.write_text(data, "utf-8")
    captions, name = read_captions(path)
    assert name == "ttml"
    assert captions.language == "de"
    assert [(cue.span, cue.lines, cue.at_top) for cue in captions.cues] == [
        (TimeSpan(1500, 2500), ("Oben", "zweite Zeile"), True),
        (TimeSpan(3700, 4700), ("Bilder",), False),
        (TimeSpan(61_500, 63_000), ("Minute",), False),
    ]


def test_smpte_drop_frame_labels(tmp_path: Path) -> None:
    data = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
      ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC">
      <body><div><p begin="01:00:00:00" end="01:00:01:00">Eine Stunde</p></div></body></tt>"""
    path = tmp_path / "a.xml"
    path.write_text(data, "utf-8")
    (cue,) = read_captions(path)[0].cues
    assert cue.span.start == 3_599_996  # 107,892 frames of 1001/30000 s


NAMES = sorted(name for name, form in FORMATS.items() if form.read)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_they_are_read_or_refused(name: str, data: bytes) -> None:
    reader = FORMATS[name].read
    assert reader is not None
    try:
        captions = reader(data)
    except SubtitleError:
        return
    else:
        assert all(cue.span.end >= cue.span.start >= 0 for cue in captions.cues)


@pytest.mark.parametrize("name", ["srt", "vtt", "ttml", "ass", "scc", "json", "lrc", "textgrid"])
@given(at=st.integers(0, 2000), change=st.binary(max_size=4), cut=st.integers(0, 40))
def test_a_broken_file_is_read_or_refused(name: str, at: int, change: bytes, cut: int) -> None:
    data = (Path(__file__).parent / "goldens" / f"sample{FORMATS[name].extension}").read_bytes()
    at %= len(data)
    reader = FORMATS[name].read
    assert reader is not None
    try:
        captions = reader(data[:at] + change + data[at + cut :])
    except SubtitleError:
        return
    else:
        assert captions.cues


@pytest.mark.parametrize("times", ["00:00:01:500 --> 00:00:02:500", "00:00:01, 500 --> 00:00:02, 500"])
def test_srt_with_times_that_others_read(tmp_path: Path, times: str) -> None:
    assert read(tmp_path, f"1\n{times}\nHello.\n")[0] == [(1500, 2500, "Hello.")]


def test_ttml_with_minutes_and_seconds(tmp_path: Path) -> None:
    data = "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='3:58.640' end='4:00.100'>x</p></div></body></tt>"
    assert read(tmp_path, data, "a.ttml")[0] == [(238_640, 240_100, "x")]


def test_ttml_whose_phrases_have_times_of_their_own(tmp_path: Path) -> None:
    data = (
        "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s' end='9s'>"
        "<span begin='0s' end='3s'>Come in,</span> <span begin='3s' end='7s'>the door is open.</span></p>"
        "<p begin='10s' end='12s'><span begin='0s' end='1s'>Good</span> <span begin='1s' end='2s'>night.</span></p>"
        "</div></body></tt>"
    )
    assert read(tmp_path, data, "a.ttml")[0] == [
        (1000, 4000, "Come in,"),
        (4000, 8000, "the door is open."),
        (10_000, 12_000, "Good night."),
    ]


def test_sbv(tmp_path: Path) -> None:
    data = "0:00:01.000,0:00:02.500\r\nHello[br]there.\r\n\r\n0:00:03.000,0:00:04.000\r\nGood morning.\r\n"
    assert read(tmp_path, data, "a.sbv")[0] == [(1000, 2500, "Hello\nthere."), TWO[1]]
    assert read_captions(tmp_path / "a.sbv")[1] == "sbv"
    refused(tmp_path, "Hello.\n", "b.sbv")
