"""Our readers beside those of others, on a file of each feature: where they differ, the table says why.

A difference that is not in the table fails, and so does one in the table that is none any more.
"""

import base64
import html
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pysrt
import pysubs2
import pytest
import webvtt
from features import FILES, VTT, Row, lines_of, ours
from ttconv.imsc.reader import to_model
from ttconv.isd import ISD
from ttconv.model import Br, Text


def with_webvtt_py(data: bytes) -> list[Row]:
    captions = webvtt.from_buffer(io.BytesIO(data))
    rows = [
        (one.start_time.in_milliseconds(), one.end_time.in_milliseconds(), lines_of(html.unescape(one.text)))
        for one in captions
    ]
    return [row for row in rows if row[2]]


def with_pysubs2(data: bytes, format: str) -> list[Row]:
    file = pysubs2.SSAFile.from_string(data.decode("utf-8-sig"), format_=format)
    rows = [(one.start, one.end, lines_of(one.plaintext)) for one in file if not one.is_comment]
    return [row for row in rows if row[2]]


def with_pysrt(data: bytes) -> list[Row]:
    items = pysrt.from_string(data.decode("utf-8-sig"))
    return [(one.start.ordinal, one.end.ordinal, lines_of(one.text_without_tags)) for one in items]


def with_ttconv(data: bytes) -> list[Row]:
    """What is shown, from each moment at which something changes to the next; what stays the same is one caption."""
    document = to_model(ET.ElementTree(ET.fromstring(data)))
    assert document is not None
    moments = sorted(ISD.significant_times(document))
    rows: list[Row] = []
    for at, moment in enumerate(moments):
        scene = ISD.from_model(document, moment)
        text = "".join(
            "\n" if isinstance(part, Br) else part.get_text() or ""
            for region in (scene.iter_regions() if scene else ())
            for part in region.dfs_iterator()
            if isinstance(part, Br | Text)
        )
        end = round(moments[at + 1] * 1000) if at + 1 < len(moments) else -1
        if lines_of(text):
            rows.append((round(moment * 1000), end, lines_of(text)))
    return rows


_AS_MEANT = "no such file is right; we read what is meant"
_TAGS = "it leaves them as they are in the file"
_RUBY = "it takes the reading for words; ours is no part of the text"
DIFFERENCES: dict[tuple[str, str], dict[str, str]] = {
    ("vtt", "webvtt-py"): {
        "ruby": _RUBY,
        "commas in times": _AS_MEANT,
        "an end before the start": "it keeps the times as they are; ours ends where it begins, with a note",
        "no first line": _AS_MEANT,
    },
    ("vtt", "pysubs2"): {
        "ruby": _RUBY,
        "word by word": _TAGS,
        "entities": _TAGS,
        "spaces": _TAGS,
        "marks of direction": _TAGS,
        "numbers of characters": _TAGS,
        "an entity of HTML": _TAGS,
        "note": "it takes a note for words",
        "CR": "it knows no line ends of CR alone",
        "commas in times": _AS_MEANT,
        "an end before the start": "it keeps the times as they are; ours ends where it begins, with a note",
    },
    ("srt", "pysrt"): {
        "override": _TAGS,
        "short": "it takes 3,5 for 3 s and 5 ms; ours is 3.5 s, as players have it",
        "no blank line": "it takes the next caption for words of this one",
        "blank inside": "it drops what is below the blank line",
        "empty": "it lists a caption without text",
    },
    ("srt", "pysubs2"): {
        "colons": _AS_MEANT,
        "blank in time": _AS_MEANT,
        "cr": "it knows no line ends of CR alone",
        "hours": "it reads two digits of the hours",
    },
    ("ttml", "ttconv"): {
        "no end": "without an end it stays for ever; ours ends when it can have been read, with a note",
        "words": "it has a caption for each moment; ours lights the words of one",
        "ruby": _RUBY,
        "same time": "it has one scene of both; ours are two captions",
        "region time": "it cuts captions at the times of their region, which we don't read",
    },
}
"""By format and reader the features that it reads otherwise than we do, and why."""

READERS: dict[tuple[str, str], Callable[[bytes], list[Row]]] = {
    ("vtt", "webvtt-py"): with_webvtt_py,
    ("vtt", "pysubs2"): lambda data: with_pysubs2(data, "vtt"),
    ("srt", "pysrt"): with_pysrt,
    ("srt", "pysubs2"): lambda data: with_pysubs2(data, "srt"),
    ("ttml", "ttconv"): with_ttconv,
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("format", "reader"), READERS)
def test_every_difference_to_another_reader_is_explained(format: str, reader: str) -> None:
    differ = set()
    for name, data in FILES[format].items():
        try:
            theirs = READERS[format, reader](data)
        except Exception:  # whatever makes them refuse a file
            theirs = None
        if theirs != ours(format, data):
            differ.add(name)
    assert differ == set(DIFFERENCES[format, reader])


IN_BROWSERS = {
    "less than": "it takes “<3 b” for a tag, as the standard has it; ours keeps what cannot be one",
    "commas in times": _AS_MEANT,
    "back in time": "it sorts captions by time; ours has the order of the file",
    "an end before the start": "it keeps the times and shows nothing; ours ends where it begins, with a note",
    "no first line": _AS_MEANT,
}
"""What a browser's <track> reads otherwise than we do, and why."""

SHOW = """async files => Promise.all(files.map(([name, data]) => new Promise(done => {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  const track = document.createElement("track");
  const video = document.body.appendChild(document.createElement("video"));
  const shown = text => [...text.childNodes].map(
    node => node.nodeName === "RT" ? "" : node.nodeType === 3 ? node.data : shown(node)).join("");
  track.onload = () => done([name, [...track.track.cues].map(
    cue => [Math.round(cue.startTime * 1000), Math.round(cue.endTime * 1000), shown(cue.getCueAsHTML())])]);
  track.onerror = () => done([name, null]);
  track.src = URL.createObjectURL(new Blob([bytes], {type: "text/vtt"}));
  video.append(track);
  track.track.mode = "hidden";
})))"""


def test_every_difference_to_a_browser_is_explained(tab: Any) -> None:
    files = [[name, base64.b64encode(data).decode()] for name, data in VTT.items()]
    differ = {}
    for name, cues in tab.evaluate(SHOW, files):
        rows = [(start, end, lines_of(text)) for start, end, text in cues or [] if lines_of(text)]
        if (rows if cues is not None else None) != ours("vtt", VTT[name]):
            differ[name] = rows
    assert set(differ) == set(IN_BROWSERS), differ
