"""Formats that are read alone: written by hand or by pysubs2, and read beside it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pysubs2
import pytest
from features import Row, lines_of
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older import OLDER
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.read import read_captions

NTSC = Fraction(30_000, 1001)
SAMI = """<SAMI>
<HEAD><TITLE>Harbour &amp; quay</TITLE>
<STYLE TYPE="text/css"><!--
.ENCC {Name: English; lang: en-US; SAMI_Type: CC;}
.FRCC {Name: French; lang: fr-FR; SAMI_Type: CC;}
--></STYLE></HEAD>
<BODY>
<SYNC Start=1000><P Class=ENCC ID=Source>ANNA<P Class=ENCC>The quay<br><i>is</i> 3 &lt; 4
<P Class=FRCC>Le quai
<SYNC Start=3000><P Class=ENCC>&nbsp;
<SYNC Start=4000><P Class=ENCC>Deep, too
<SYNC Start=6500><P Class=ENCC>
</BODY></SAMI>
"""


def rows(captions: Captions) -> list[Row]:
    return [(cue.span.start, cue.span.end, cue.lines) for cue in captions.cues]


def read(name: str, text: str, rate: Fraction | None = None) -> Captions:
    return OLDER[name].read(text.encode(), rate)


def test_microdvd_at_the_rate_that_it_states() -> None:
    made = read(
        "microdvd", "{1}{1}23.976\n{24}{48}The quay|{y:i}is wide\n{72}{}Deep {sic}\n{96}{120}{Y:b}So|there\n"
    )
    assert rows(made) == [
        (1001, 2002, ("The quay", "is wide")),
        (3003, 4004, ("Deep {sic}",)),
        (4004, 5005, ("So", "there")),
    ]
    assert made.frame_rate == Fraction(24_000, 1001)
    assert [cue.marked for cue in made.cues] == [
        ("The quay", "<i>is wide</i>"),
        (),
        ("<b>So</b>", "<b>there</b>"),
    ]
    assert made.notes == (
        "caption 2, 'Deep {sic}', has no end: taken to end at 4.004 s, where the next one begins",
    )


def test_microdvd_without_a_rate_needs_one() -> None:
    text = "{25}{50}The quay\n{60}{40}is wide\nand deep\n"
    with pytest.raises(SubtitleError, match=r"it counts frames .* such as --frame-rate 25"):
        read("microdvd", text)
    made = read("microdvd", text, Fraction(25))
    assert rows(made) == [(1000, 2000, ("The quay",)), (2400, 2400, ("is wide",))]
    assert made.notes == (
        "line 2: it ends before it begins; taken to end where it begins",
        "line 3: 'and deep' is no caption of this format; left out",
    )


def test_a_rate_that_is_said_counts_more_than_the_stated_one() -> None:
    made = read("microdvd", "{1}{1}25.000\n{50}{100}The quay\n", Fraction(50))
    assert rows(made) == [(1000, 2000, ("The quay",))]


def test_a_first_caption_that_is_a_number_is_no_rate() -> None:
    assert rows(read("microdvd", "{10}{20}1984\n", Fraction(10))) == [(1000, 2000, ("1984",))]


def test_mpl2() -> None:
    made = read("mpl2", "[10][25]/The quay|is wide\n[30][]Deep\n[45][60]\\So|_there\n")
    assert rows(made) == [
        (1000, 2500, ("The quay", "is wide")),
        (3000, 4500, ("Deep",)),
        (4500, 6000, ("So", "there")),
    ]
    assert made.cues[0].marked == ("<i>The quay</i>", "is wide")
    assert made.cues[2].marked == ("<b>So</b>", "<u>there</u>")


def test_tmplayer() -> None:
    made = read(
        "tmplayer", "00:00:01:The quay|is wide\n00:00:04:\n0:00:06,1=Deep:\n0:00:06,2=10:30\n00:00:09:Now\n"
    )
    assert rows(made) == [
        (1000, 4000, ("The quay", "is wide")),
        (6000, 9000, ("Deep:", "10:30")),
        (9000, 11_000, ("Now",)),
    ]
    assert made.notes[0].startswith("the format states no ends")


def test_sami() -> None:
    made = read("sami", SAMI)
    assert rows(made) == [(1000, 3000, ("The quay", "is 3 < 4")), (4000, 6500, ("Deep, too",))]
    assert made.cues[0].speaker == "ANNA"
    assert made.cues[0].marked == ("The quay", "<i>is</i> 3 < 4")
    assert (made.language, made.title) == ("en-US", "Harbour & quay")
    assert made.notes == ("captions of the class ENCC are read, not those of FRCC",)


def test_sami_that_breaks_off() -> None:
    made = read("sami", SAMI[: SAMI.index("<SYNC Start=6500>")])
    assert rows(made)[-1] == (4000, 6000, ("Deep, too",))
    with pytest.raises(SubtitleError, match="has no time"):
        read("sami", "<SAMI><BODY><SYNC><P>The quay</BODY></SAMI>")


@pytest.mark.parametrize(
    ("rate", "times", "wanted"),
    [
        (Fraction(25), ("00:00:01:00", "00:00:02:12"), (1000, 2480)),
        (NTSC, ("00:01:00;02", "00:02:00;02"), (60_060, 120_053)),
        (NTSC, ("01:00:00:00", "01:00:01:00"), (3_603_600, 3_604_601)),
    ],
)
def test_spruce(rate: Fraction, times: tuple[str, str], wanted: tuple[int, int]) -> None:
    text = f"$FontName = Arial\n// no caption\n{times[0]} , {times[1]} , The ^Iquay^I, and|so\n"
    made = read("spruce", text, rate)
    assert rows(made) == [(*wanted, ("The quay, and", "so"))]
    assert made.cues[0].marked == ("The <i>quay</i>, and", "so")


def test_spruce_for_all_captions_below() -> None:
    rest = "00:00:01:00,00:00:02:00,The quay|is ^Bwide\n$Italic = FALSE\n00:00:03:00,00:00:04:00,Deep\n"
    made = read("spruce", f"$Italic = TRUE\n{rest}", Fraction(25))
    assert [cue.marked for cue in made.cues] == [("<i>The quay</i>", "<i>is <b>wide</b></i>"), ()]
    with pytest.raises(SubtitleError, match="line 1: '00:00:01:28' is no timecode at 25"):
        read("spruce", "00:00:01:28 , 00:00:02:00 , The quay\n", Fraction(25))


@pytest.mark.parametrize(
    ("name", "ending", "text"),
    [
        ("microdvd", ".sub", "{1}{1}25\n{25}{50}The quay\n"),
        ("microdvd", ".txt", "{DEFAULT}{}{C:$0000ff}\n{25}{50}The quay\n"),
        ("mpl2", ".txt", "[10][20]The quay\n"),
        ("tmplayer", ".txt", "00:00:01:The quay\n00:00:02:\n"),
        ("sami", ".smi", SAMI),
        ("spruce", ".stl", "00:00:01:00 , 00:00:02:00 , The quay\n"),
        (
            "sbv",
            ".sub",
            "[INFORMATION]\n[TITLE]Quay\n[SUBTITLE]\n00:00:01.00,00:00:02.00\nThe quay[br]is wide\n",
        ),
        ("srt", ".txt", "1\n00:00:01:000 --> 00:00:02:000\nThe quay\n"),
        (
            "json",
            ".json",
            '{"text": " The quay", "segments": [{"id": 0, "start": 1, "end": 2, "text": " The quay"}]}',
        ),
    ],
)
def test_a_file_is_known_by_its_content(name: str, ending: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    captions, found = read_captions(path, frame_rate=Fraction(25))
    assert found == name
    assert captions.cues[0].span.start == 1000
    assert captions.cues[0].lines[0] == "The quay"


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="|{}[]<>/\\_=:,^$#"),
    min_size=1,
)
CAPTIONS = st.lists(
    st.tuples(st.integers(0, 90_000), st.integers(1, 90), st.lists(TEXT, min_size=1, max_size=3)), min_size=1
)


@pytest.mark.parametrize("name", ["microdvd", "mpl2"])
@given(captions=CAPTIONS)
def test_what_pysubs2_writes_is_read(name: str, captions: list[tuple[int, int, list[str]]]) -> None:
    """Times in tenths of a second, which both formats hold: ten frames a second."""
    file = pysubs2.SSAFile()
    for start, length, lines in captions:
        file.append(pysubs2.SSAEvent(start=100 * start, end=100 * (start + length), text="\\N".join(lines)))
    text = file.to_string(name, fps=10) if name == "microdvd" else file.to_string(name)
    wanted = [(100 * start, 100 * (start + length), tuple(lines)) for start, length, lines in captions]
    assert rows(read(name, text)) == wanted


@given(captions=CAPTIONS)
def test_what_pysubs2_writes_of_tmplayer_is_read(captions: list[tuple[int, int, list[str]]]) -> None:
    file = pysubs2.SSAFile()
    for at, (_, _, lines) in enumerate(captions):
        file.append(pysubs2.SSAEvent(start=2000 * at, end=2000 * at + 2000, text="\\N".join(lines)))
    found = rows(read("tmplayer", file.to_string("tmp")))
    assert [(start, lines) for start, _, lines in found] == [
        (2000 * at, tuple(lines)) for at, (_, _, lines) in enumerate(captions)
    ]
    assert [end for _, end, _ in found[:-1]] == [start for start, *_ in found[1:]]


FILES = {
    "microdvd": {
        "plain": "{1}{1}25\n{25}{50}One|two\n",
        "29.97": "{1}{1}29.97\n{30000}{30030}One\n",
        "italics": "{1}{1}25\n{25}{50}{y:i}One|two\n",
        "colour": "{1}{1}25\n{25}{50}{c:$0000ff}One\n",
        "braces": "{1}{1}25\n{25}{50}One {sic}\n",
        "no end": "{1}{1}25\n{25}{}One\n{50}{75}Two\n",
        "not in order": "{1}{1}25\n{50}{75}Two\n{25}{50}One\n",
        "no rate": "{25}{50}One\n",
        "a row of something else": "{1}{1}25\nOne\n{25}{50}Two\n",
    },
    "mpl2": {
        "plain": "[10][20]One|two\n",
        "italics": "[10][20]/One|two\n",
        "bold": "[10][20]\\One\n",
        "no end": "[10][]One\n[20][30]Two\n",
        "blank before the text": "[10][20] One\n",
    },
    "tmplayer": {
        "plain": "00:00:01:One|two\n00:00:02:Two\n00:00:03:\n",
        "equals": "00:00:01=One\n00:00:02=Two\n",
        "a row a line": "00:00:01,1=One\n00:00:01,2=two\n",
        "one digit of the hour": "0:00:01:One\n0:00:02:\n",
        "a long silence": "00:00:01:One\n00:01:00:Two\n",
    },
    "sami": {
        "plain": "<SAMI><BODY><SYNC Start=1000><P>One<br>two<SYNC Start=2000><P>&nbsp;</BODY></SAMI>",
        "entities": "<SAMI><BODY><SYNC Start=1000><P>1 &lt; 2 &amp; 3<SYNC Start=2000><P>&nbsp;</BODY></SAMI>",
        "two languages": "<SAMI><BODY><SYNC Start=1000><P Class=A>One<P Class=B>Un<SYNC Start=2000><P Class=A>"
        "&nbsp;<P Class=B>&nbsp;</BODY></SAMI>",
        "speaker": "<SAMI><BODY><SYNC Start=1000><P ID=Source>ANNA<P>One<SYNC Start=2000><P>&nbsp;</BODY></SAMI>",
    },
}
_OPEN = "it drops a caption without an end"
_ENDS = "it guesses ends; ours stays until the next text"
DIFFERENCES: dict[str, dict[str, str]] = {
    "microdvd": {
        "29.97": "it takes the number as it is; the rate of that name is 30000/1001",
        "no end": _OPEN,
        "braces": "it drops whatever stands in braces",
    },
    "mpl2": {"bold": "it leaves the mark in the text", "no end": _OPEN},
    "tmplayer": {
        "plain": _ENDS,
        "equals": "it knows no equals sign",
        "a row a line": "it knows no lines of their own",
        "one digit of the hour": _ENDS,
        "a long silence": _ENDS,
    },
    "sami": {
        "plain": _ENDS,
        "two languages": "it takes all languages for one text",
        "speaker": "it takes the name of the speaker for words",
    },
}
"""What pysubs2 reads otherwise than we do, and why."""


def with_pysubs2(name: str, text: str) -> list[Row] | None:
    try:
        file = pysubs2.SSAFile.from_string(text, format_="tmp" if name == "tmplayer" else name)
    except pysubs2.exceptions.Pysubs2Error:
        return None
    return [(one.start, one.end, lines_of(one.plaintext)) for one in file if one.plaintext.strip()]


def with_ours(name: str, text: str) -> list[Row] | None:
    try:
        return rows(read(name, text))
    except SubtitleError:
        return None


@pytest.mark.parametrize("name", FILES)
def test_every_difference_to_pysubs2_is_explained(name: str) -> None:
    differ = {
        feature for feature, text in FILES[name].items() if with_pysubs2(name, text) != with_ours(name, text)
    }
    assert differ == set(DIFFERENCES[name])


@pytest.mark.parametrize("name", OLDER)
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_they_are_read_or_refused(name: str, data: bytes) -> None:
    read_or_refused(lambda: OLDER[name].read(data, Fraction(25)))


@pytest.mark.parametrize("name", FILES)
@given(at=st.integers(0, 200), change=st.binary(max_size=4), cut=st.integers(0, 40))
def test_a_broken_file_is_read_or_refused(name: str, at: int, change: bytes, cut: int) -> None:
    data = "".join(FILES[name].values()).encode()
    at %= len(data)
    read_or_refused(lambda: OLDER[name].read(data[:at] + change + data[at + cut :], Fraction(25)))


def read_or_refused(reading: Callable[[], Captions]) -> None:
    try:
        captions = reading()
    except SubtitleError:
        return
    assert captions.cues
    assert all(cue.span.end >= cue.span.start >= 0 for cue in captions.cues)
