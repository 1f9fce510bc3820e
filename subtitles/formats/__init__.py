"""The caption formats, one small module each.

To add one:

1. write a module here with `write`, from Captions to the bytes of a file, and `read` where reading makes sense;
2. name it in FORMATS, with its file extension;
3. add it to the round trips in tests/subtitles/test_formats.py, read back by a program that is not ours;
4. run tests/subtitles/make_goldens.py, and read what it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.formats import (
    ass,
    audacity,
    ctm,
    lrc,
    podcast_json,
    scc,
    srt,
    stl,
    textgrid,
    transcript,
    ttml,
    ttml_reader,
    vtt,
)


@dataclass(frozen=True)
class Format:
    """A format: what a file of it is called, and how it is written and read.

    `tells_speakers` says that the format has colours or voices, so that a style that prefers those needs no labels.
    """

    title: str
    extension: str
    write: Callable[[Captions], bytes]
    read: Callable[[bytes], Captions] | None = None
    tells_speakers: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "srt": Format("SubRip", ".srt", srt.write, srt.read),
        "vtt": Format("WebVTT", ".vtt", vtt.write, vtt.read, tells_speakers=True),
        "chapters": Format("WebVTT chapters, one a turn", ".chapters.vtt", vtt.write_chapters),
        "ttml": Format(
            "TTML, IMSC 1.1 Text", ".ttml", ttml.write_imsc, ttml_reader.read, tells_speakers=True
        ),
        "ebu-tt-d": Format(
            "EBU-TT-D", ".ebu-tt-d.xml", ttml.write_ebu_tt_d, ttml_reader.read, tells_speakers=True
        ),
        "itt": Format("iTunes Timed Text", ".itt", ttml.write_itt, ttml_reader.read, tells_speakers=True),
        "ass": Format("Advanced SubStation Alpha", ".ass", ass.write, ass.read, tells_speakers=True),
        "scc": Format("Scenarist (CEA-608)", ".scc", scc.write, scc.read),
        "stl": Format("EBU STL", ".stl", stl.write, stl.read),
        "lrc": Format("LRC", ".lrc", lrc.write, lrc.read),
        "json": Format(
            "Podcasting 2.0 JSON", ".json", podcast_json.write, podcast_json.read, tells_speakers=True
        ),
        "textgrid": Format("Praat TextGrid", ".TextGrid", textgrid.write, textgrid.read),
        "ctm": Format("CTM, a word a line", ".ctm", ctm.write, ctm.read),
        "audacity": Format("Audacity labels", ".labels.txt", audacity.write, audacity.read),
        "txt": Format("plain text", ".transcript.txt", transcript.write_text),
        "speakers": Format("text with speakers and times", ".speakers.txt", transcript.write_speakers),
        "html": Format("transcript as HTML", ".html", transcript.write_html),
    }
)
