"""TTML: IMSC 1.1 Text Profile, EBU-TT-D and iTunes Timed Text.

https://www.w3.org/TR/ttml-imsc1.1/, EBU Tech 3380, Apple's iTunes Timed Text specification.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from fractions import Fraction

from asdelivered.subtitles.direction import right_to_left
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.parsed import captions_in, in_order
from asdelivered.subtitles.formats.text import LARGEST, opening
from asdelivered.subtitles.model import COLOURS, Captions, Cue, speaker_colours
from asdelivered.transcripts.captions.markup import plain
from asdelivered.transcripts.captions.model import CaptionFileError
from asdelivered.transcripts.captions.times import clock_time
from asdelivered.transcripts.captions.ttml import parse_ttml

TT = "http://www.w3.org/ns/ttml"
TTS, TTP, TTM = f"{TT}#styling", f"{TT}#parameter", f"{TT}#metadata"
EBUTTM, EBUTTS = "urn:ebu:tt:metadata", "urn:ebu:tt:style"
XML = "http://www.w3.org/XML/1998/namespace"

for _prefix, _space in {
    "tts": TTS,
    "ttp": TTP,
    "ttm": TTM,
    "ebuttm": EBUTTM,
    "ebutts": EBUTTS,
    "": TT,
}.items():
    ET.register_namespace(_prefix, _space)

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_MARK = re.compile(r"(</?[ibu]>|<ruby>.*?</ruby>)")
_RUBY = re.compile(r"<ruby>(.*?)</ruby>")
_READ = re.compile(r"(.*?)<rt>(.*?)(?:</rt>|(?=<rt>)|\Z)")
_MARKED = {
    "i": ("italic", {f"{{{TTS}}}fontStyle": "italic"}),
    "b": ("bold", {f"{{{TTS}}}fontWeight": "bold"}),
    "u": ("underlined", {f"{{{TTS}}}textDecoration": "underline"}),
}
"""The style of each mark, and what it says. EBU-TT-D has styling in styles alone."""
_RIGHT_TO_LEFT = ("rtl", {f"{{{TTS}}}direction": "rtl", f"{{{TTS}}}unicodeBidi": "embed"})


@dataclass(frozen=True)
class _Flavour:
    """What one kind of TTML asks for."""

    profile: str = ""
    ruby: bool = False
    ebu: bool = False
    frames: bool = False


def write_imsc(captions: Captions) -> bytes:
    """Return the captions as TTML of the IMSC 1.1 Text Profile; speakers are its agents."""
    return _document(captions, _Flavour(profile=f"{TT}/profile/imsc1.1/text", ruby=True))


def write_ebu_tt_d(captions: Captions) -> bytes:
    """Return the captions as EBU-TT-D."""
    return _document(captions, _Flavour(ebu=True))


def write_itt(captions: Captions) -> bytes:
    """Return the captions as iTunes Timed Text, which counts frames: of the video's rate, or of 24 a second."""
    return _document(captions, _Flavour(frames=True))


def recognises(data: bytes) -> bool:
    """Whether it begins as XML does; the reader says whether it is TTML."""
    return opening(data).startswith((b"<?xml", b"<tt", b"<!DOCTYPE"))


def read(data: bytes) -> Captions:
    """Read a TTML document of any profile.

    Raises SubtitleError: it is no XML, or no TTML; it holds entities or a DTD; a time of it makes no sense.
    """
    if len(data) > LARGEST:
        raise SubtitleError("too large for captions")
    try:
        return in_order(captions_in(parse_ttml(data), [], "no paragraph has text"))
    except CaptionFileError as error:
        raise SubtitleError(str(error)) from error


def _document(captions: Captions, flavour: _Flavour) -> bytes:
    rate = captions.frame_rate or Fraction(24)
    root = ET.Element(f"{{{TT}}}tt", {f"{{{XML}}}lang": captions.language, f"{{{XML}}}space": "default"})
    if flavour.profile:
        root.set(f"{{{TTP}}}contentProfiles", flavour.profile)
    if flavour.frames:
        nominal = math.ceil(rate)
        root.set(f"{{{TTP}}}timeBase", "smpte")
        root.set(f"{{{TTP}}}dropMode", "nonDrop")
        root.set(f"{{{TTP}}}frameRate", str(nominal))
        multiplier = rate / nominal
        root.set(f"{{{TTP}}}frameRateMultiplier", f"{multiplier.numerator} {multiplier.denominator}")
    else:
        root.set(f"{{{TTP}}}timeBase", "media")
    root.set(f"{{{TTP}}}cellResolution", "50 30" if flavour.ebu else "32 15")
    head = ET.SubElement(root, f"{{{TT}}}head")
    agents = _metadata(head, captions, flavour)
    colours = speaker_colours(captions)
    _styling(head, sorted({*colours.values()} - {COLOURS[0]}), _extra_styles(captions), flavour)
    _layout(head, flavour)
    body = ET.SubElement(root, f"{{{TT}}}body")
    division = ET.SubElement(body, f"{{{TT}}}div")
    for number, cue in enumerate(captions.cues, start=1):
        paragraph = ET.SubElement(
            division,
            f"{{{TT}}}p",
            {
                f"{{{XML}}}id": f"c{number}",
                f"{{{XML}}}space": "preserve",
                "begin": _time(cue.span.start, flavour, rate),
                "end": _time(cue.span.end, flavour, rate),
                "region": "top" if cue.at_top else "bottom",
                "style": "normal",
            },
        )
        if right_to_left("\n".join(cue.lines)):
            paragraph.set("style", "normal rtl")
        # EBU-TT-D has no agents on its paragraphs.
        if cue.speaker in agents and not flavour.ebu:
            paragraph.set(f"{{{TTM}}}agent", agents[cue.speaker])
        colour = colours.get(cue.speaker or "", COLOURS[0])
        _lines(paragraph, cue, "" if colour == COLOURS[0] else f" {colour}", flavour)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
    # A line for each paragraph, outside of those, where white space means nothing.
    return re.sub(
        rb"(</?(?:head|body|div|styling|layout)\b[^>]*>|</p>|</region>|<style [^>]*/>)", rb"\1\n", data
    )


def _metadata(head: ET.Element, captions: Captions, flavour: _Flavour) -> dict[str, str]:
    metadata = ET.SubElement(head, f"{{{TT}}}metadata")
    if captions.title:
        ET.SubElement(metadata, f"{{{TTM}}}title").text = _clean(captions.title)
    if flavour.ebu:
        document = ET.SubElement(metadata, f"{{{EBUTTM}}}documentMetadata")
        ET.SubElement(document, f"{{{EBUTTM}}}documentEbuttVersion").text = "v1.0"
    agents = {}
    for number, speaker in enumerate(
        dict.fromkeys(cue.speaker for cue in captions.cues if cue.speaker), start=1
    ):
        agents[speaker] = f"s{number}"
        agent = ET.SubElement(metadata, f"{{{TTM}}}agent", {f"{{{XML}}}id": f"s{number}", "type": "person"})
        ET.SubElement(agent, f"{{{TTM}}}name", {"type": "full"}).text = _clean(speaker)
    if len(metadata) == 0:
        head.remove(metadata)
    return agents


def _extra_styles(captions: Captions) -> list[tuple[str, dict[str, str]]]:
    """Return the styles that only some captions need, with what they say."""
    marked = "".join(line for cue in captions.cues for line in cue.marked)
    extra = [style for mark, style in _MARKED.items() if f"<{mark}>" in marked]
    if any(right_to_left("\n".join(cue.lines)) for cue in captions.cues):
        extra.append(_RIGHT_TO_LEFT)
    return extra


def _styling(
    head: ET.Element, colours: list[str], extra: list[tuple[str, dict[str, str]]], flavour: _Flavour
) -> None:
    styling = ET.SubElement(head, f"{{{TT}}}styling")
    normal = {
        f"{{{XML}}}id": "normal",
        f"{{{TTS}}}fontFamily": "proportionalSansSerif",
        # Of a cell of 1/30 of the height, as in EBU-TT-D-Basic-DE: letters of 5.3 %.
        f"{{{TTS}}}fontSize": "160%" if flavour.ebu else "100%",
    }
    if flavour.ebu:
        normal |= {f"{{{TTS}}}lineHeight": "125%", f"{{{EBUTTS}}}linePadding": "0.5c"}
    normal |= {f"{{{TTS}}}textAlign": "center", f"{{{TTS}}}fontStyle": "normal"}
    ET.SubElement(styling, f"{{{TT}}}style", normal)
    text = {f"{{{XML}}}id": "text", f"{{{TTS}}}color": "#ffffff"}
    if not flavour.frames:
        text[f"{{{TTS}}}backgroundColor"] = "#000000"
    ET.SubElement(styling, f"{{{TT}}}style", text)
    rgb = {"yellow": "#ffff00", "cyan": "#00ffff", "lime": "#00ff00"}
    for colour in colours:
        ET.SubElement(styling, f"{{{TT}}}style", {f"{{{XML}}}id": colour, f"{{{TTS}}}color": rgb[colour]})
    for name, attributes in extra:
        ET.SubElement(styling, f"{{{TT}}}style", {f"{{{XML}}}id": name, **attributes})


def _layout(head: ET.Element, flavour: _Flavour) -> None:
    layout = ET.SubElement(head, f"{{{TT}}}layout")
    for name, origin, align in (("bottom", "10% 70%", "after"), ("top", "10% 10%", "before")):
        region = {
            f"{{{XML}}}id": name,
            f"{{{TTS}}}origin": origin,
            f"{{{TTS}}}extent": "80% 20%",
            f"{{{TTS}}}displayAlign": align,
            f"{{{TTS}}}overflow": "visible",
        }
        if flavour.frames:
            del region[f"{{{TTS}}}overflow"]
        ET.SubElement(layout, f"{{{TT}}}region", region)


def _lines(paragraph: ET.Element, cue: Cue, style: str, flavour: _Flavour) -> None:
    marks: list[str] = []
    marked = cue.marked if flavour.ruby else cue.marked_without_ruby
    for at, line in enumerate(marked or cue.shown):
        if at:
            ET.SubElement(paragraph, f"{{{TT}}}br")
        for piece in _MARK.split(line) if marked else [line]:
            if marked and _RUBY.fullmatch(piece):
                _ruby(paragraph, piece, " ".join(["text", *style.split()]))
            elif marked and _MARK.fullmatch(piece):
                marks = [mark for mark in marks if mark != piece[-2]] + [piece[-2]] * (piece[1] != "/")
            elif piece or not marked:
                names = ["text", *style.split(), *(_MARKED[mark][0] for mark in marks)]
                span = ET.SubElement(paragraph, f"{{{TT}}}span", {"style": " ".join(names)})
                span.text = _clean(piece)


def _ruby(paragraph: ET.Element, ruby: str, style: str) -> None:
    """Add a span for each part of ruby: a container of the base and of how it is read (TTML2, 10.2.35)."""
    found = _RUBY.fullmatch(ruby)
    inside = found[1] if found else ""
    end = 0
    for pair in _READ.finditer(inside):
        end = pair.end()
        container = ET.SubElement(paragraph, f"{{{TT}}}span", {f"{{{TTS}}}ruby": "container", "style": style})
        for part, text in (("base", pair[1]), ("text", pair[2])):
            span = ET.SubElement(container, f"{{{TT}}}span", {f"{{{TTS}}}ruby": part})
            span.text = _clean(plain(text))
    if plain(inside[end:]):
        ET.SubElement(paragraph, f"{{{TT}}}span", {"style": style}).text = _clean(plain(inside[end:]))


def _clean(text: str) -> str:
    """Return the text with a mark in place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _time(milliseconds: int, flavour: _Flavour, rate: Fraction) -> str:
    if not flavour.frames:
        return clock_time(milliseconds)
    nominal = math.ceil(rate)
    seconds, frames = divmod(math.floor(milliseconds * rate / 1000 + Fraction(1, 2)), nominal)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frames:02}"
