"""The caption formats, one small module each.

CONTRIBUTING.md says how to add one. Caption files that others wrote are parsed in `transcripts/captions/`, which the
readers of transcripts use too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from asdelivered.base.late import late
from asdelivered.subtitles.formats import (
    audacity,
    ctm,
    lrc,
    podcast_json,
    sbv,
    srt,
    textgrid,
    transcript,
    ttml,
    vtt,
)
from asdelivered.subtitles.formats.research import akoma_ntoso, eaf, exmaralda, rttm, tei, words_csv
from asdelivered.subtitles.model import Captions

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
"""The control characters of Unicode in UTF-8, without tabs and line breaks."""


def _late(module: str, function: str) -> Callable[[Any], Any]:
    """Return a function of a module beside this one whose library loads slowly."""
    return late(f"{__name__}.{module}", function)


def _never(data: bytes) -> bool:
    return False


def _as_it_is(captions: Captions) -> Captions:
    return captions


def _nothing(captions: Captions) -> str:
    return ""


@dataclass(frozen=True)
class Format:
    """A format: what it is called, and how its files are written, recognised and read.

    `encode` returns the bytes of a file, in UTF-8 unless the format is `binary`; `write` calls it.
    `extension` ends the files that are written. A file that is read is in this format where `recognises` says so of its
    content; where no format recognises it, by its name: that ends in `extension` or in one of `other_extensions`.
    `shows_speakers` says that the format has colours or voices, so that a style that prefers those needs no labels.
    `line_length` is the most characters of a line, where the format has a limit, and `min_duration` the milliseconds
    that a caption has to stay so that the next one can be sent meanwhile. `spelled` returns captions in the characters
    that the format has, which can make their lines longer, and `remark` a sentence on what else becomes of them in it.
    `says_encoding` says that its files are binary or XML, whose encoding nobody has to guess.
    """

    title: str
    extension: str
    encode: Callable[[Captions], bytes]
    read: Callable[[bytes], Captions] | None = None
    recognises: Callable[[bytes], bool] = _never
    other_extensions: tuple[str, ...] = ()
    shows_speakers: bool = False
    says_encoding: bool = False
    binary: bool = False
    line_length: int | None = None
    min_duration: int = 0
    spelled: Callable[[Captions], Captions] = _as_it_is
    remark: Callable[[Captions], str] = _nothing

    def write(self, captions: Captions) -> bytes:
        """Return the captions as a file in this format, with a mark in place of each control character.

        A terminal that shows the file would obey them. Raises SubtitleError: the format cannot hold the captions.
        """
        data = self.encode(captions)
        return data if self.binary else _CONTROLS.sub("\N{REPLACEMENT CHARACTER}".encode(), data)

    @property
    def extensions(self) -> tuple[str, ...]:
        """All endings of files that are read as this format."""
        return (self.extension, *self.other_extensions)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "srt": Format("SubRip", ".srt", srt.write, srt.read, srt.recognises),
        "vtt": Format(
            "WebVTT", ".vtt", vtt.write, vtt.read, vtt.recognises, (".webvtt",), shows_speakers=True
        ),
        "chapters": Format("WebVTT chapters, one a turn", ".chapters.vtt", vtt.write_chapters),
        "ttml": Format(
            "TTML, IMSC 1.1 Text",
            ".ttml",
            ttml.write_imsc,
            ttml.read,
            ttml.recognises,
            (".dfxp", ".xml", ".imsc"),
            shows_speakers=True,
            says_encoding=True,
        ),
        "ebu-tt-d": Format(
            "EBU-TT-D",
            ".ebu-tt-d.xml",
            ttml.write_ebu_tt_d,
            ttml.read,
            ttml.recognises,
            shows_speakers=True,
            says_encoding=True,
        ),
        "itt": Format(
            "iTunes Timed Text",
            ".itt",
            ttml.write_itt,
            ttml.read,
            ttml.recognises,
            shows_speakers=True,
            says_encoding=True,
        ),
        "ass": Format(
            "Advanced SubStation Alpha",
            ".ass",
            _late("ass", "write"),
            _late("ass", "read"),
            _late("ass", "recognises"),
            (".ssa",),
            shows_speakers=True,
        ),
        "scc": Format(
            "Scenarist (CEA-608)",
            ".scc",
            _late("scc", "write"),
            _late("scc", "read"),
            _late("scc", "recognises"),
            line_length=32,
            min_duration=1334,
            spelled=_late("scc", "spelled"),
            remark=_late("scc", "remark"),
        ),
        "stl": Format(
            "EBU STL",
            ".stl",
            _late("stl", "write"),
            _late("stl", "read"),
            _late("stl", "recognises"),
            says_encoding=True,
            binary=True,
            line_length=40,
            spelled=_late("stl", "spelled"),
        ),
        "sbv": Format("SubViewer, of YouTube", ".sbv", sbv.write, sbv.read, sbv.recognises, (".sub",)),
        "lrc": Format("LRC", ".lrc", lrc.write, lrc.read),
        "json": Format(
            "Podcasting 2.0 JSON", ".json", podcast_json.write, podcast_json.read, shows_speakers=True
        ),
        "textgrid": Format("Praat TextGrid", ".TextGrid", textgrid.write, textgrid.read, textgrid.recognises),
        "ctm": Format("CTM, a word a line", ".ctm", ctm.write, ctm.read),
        "eaf": Format("ELAN annotations", ".eaf", eaf.write),
        "exmaralda": Format("EXMARaLDA Basic Transcription", ".exb", exmaralda.write),
        "rttm": Format("RTTM, who speaks when", ".rttm", rttm.write),
        "tei": Format("TEI, utterances on a timeline", ".tei.xml", tei.write),
        "akn": Format("Akoma Ntoso, a debate with times", ".akn.xml", akoma_ntoso.write),
        "words": Format("a table of the words", ".words.csv", words_csv.write),
        "audacity": Format(
            "Audacity labels", ".labels.txt", audacity.write, audacity.read, other_extensions=(".txt",)
        ),
        "txt": Format("plain text", ".transcript.txt", transcript.write_text),
        "speakers": Format("text with speakers and times", ".speakers.txt", transcript.write_speakers),
        "docx": Format("transcript for Word", ".docx", transcript.write_docx, binary=True),
        "html": Format("transcript as HTML", ".html", transcript.write_html),
    }
)
