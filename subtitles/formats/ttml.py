"""TTML: IMSC 1.1 Text Profile, EBU-TT-D and iTunes Timed Text, and the reading of any TTML.

https://www.w3.org/TR/ttml-imsc1.1/, EBU Tech 3380, Apple's iTunes Timed Text specification.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.captions import COLOURS, Captions, speaker_colours
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.times import clock_time

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

_LARGEST = 64 * 2**20
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class _Flavour:
    """What one kind of TTML asks for."""

    profile: str = ""
    ebu: bool = False
    frames: bool = False


def write_imsc(captions: Captions) -> bytes:
    """Return the captions as TTML of the IMSC 1.1 Text Profile; speakers are its agents."""
    return _document(captions, _Flavour(profile=f"{TT}/profile/imsc1.1/text"))


def write_ebu_tt_d(captions: Captions) -> bytes:
    """Return the captions as EBU-TT-D."""
    return _document(captions, _Flavour(ebu=True))


def write_itt(captions: Captions) -> bytes:
    """Return the captions as iTunes Timed Text, which counts frames: of the video's rate, or of 24 a second."""
    return _document(captions, _Flavour(frames=True))


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
    _styling(head, sorted({*colours.values()} - {COLOURS[0]}), flavour)
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
        # EBU-TT-D has no agents on its paragraphs.
        if cue.speaker in agents and not flavour.ebu:
            paragraph.set(f"{{{TTM}}}agent", agents[cue.speaker])
        colour = colours.get(cue.speaker or "", COLOURS[0])
        _lines(paragraph, cue, "" if colour == COLOURS[0] else f" {colour}")
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


def _styling(head: ET.Element, colours: list[str], flavour: _Flavour) -> None:
    styling = ET.SubElement(head, f"{{{TT}}}styling")
    normal = {
        f"{{{XML}}}id": "normal",
        f"{{{TTS}}}fontFamily": "proportionalSansSerif",
        f"{{{TTS}}}fontSize": "100%",
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


def _lines(paragraph: ET.Element, cue: Cue, style: str) -> None:
    for at, line in enumerate(cue.shown):
        if at:
            ET.SubElement(paragraph, f"{{{TT}}}br")
        ET.SubElement(paragraph, f"{{{TT}}}span", {"style": f"text{style}"}).text = _clean(line)


def _clean(text: str) -> str:
    """Return the text with a mark in place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _time(milliseconds: int, flavour: _Flavour, rate: Fraction) -> str:
    if not flavour.frames:
        return clock_time(milliseconds)
    nominal = math.ceil(rate)
    seconds, frames = divmod(math.floor(milliseconds * rate / 1000 + Fraction(1, 2)), nominal)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frames:02}"


# --- reading ---


@dataclass(frozen=True)
class _Clock:
    """How a document counts: its frame rate, its ticks, and its frames' number in a second of its labels."""

    rate: Fraction
    nominal: int
    ticks: Fraction
    smpte: bool
    drop: bool


def read(data: bytes) -> Captions:
    """Read a TTML document of any profile.

    Raises SubtitleError: it is no XML, or no TTML; it holds entities or a DTD; a time of it makes no sense.
    """
    if len(data) > _LARGEST:
        raise SubtitleError("too large for captions")
    try:
        root = fromstring(data, forbid_dtd=True)
    except ET.ParseError as error:
        line, column = error.position
        raise SubtitleError(f"line {line}, column {column + 1}: no XML: {error}") from error
    except DefusedXmlException as error:
        raise SubtitleError("it has a document type or entities, which captions have no use for") from error
    except (ValueError, LookupError) as error:
        raise SubtitleError(f"no XML: {error}") from error
    if _local(root.tag) != "tt":
        raise SubtitleError(f"no TTML: its root is <{_local(root.tag)}>")
    clock = _clock_of(root)
    agents = _agents(root)
    tops = _top_regions(root)
    body = next((element for element in root if _local(element.tag) == "body"), None)
    cues = [] if body is None else list(_paragraphs(body, Fraction(0), None, clock, agents, tops, None))
    if not cues:
        raise SubtitleError("no captions in it: no paragraph has a begin and an end")
    title = next((element.text or "" for element in root.iter(f"{{{TTM}}}title")), "")
    return Captions(
        tuple(sorted(cues, key=lambda cue: cue.span)),
        root.get(f"{{{XML}}}lang", ""),
        title.strip(),
        frame_rate=clock.rate if clock.smpte or _parameter(root, "frameRate") else None,
    )


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _parameter(root: ET.Element, name: str) -> str | None:
    """Return a parameter of the root in whatever version of the namespace."""
    return next(
        (value for key, value in root.attrib.items() if _local(key) == name and "parameter" in key), None
    )


def _clock_of(root: ET.Element) -> _Clock:
    try:
        nominal = int(_parameter(root, "frameRate") or 30)
        numerator, denominator = (_parameter(root, "frameRateMultiplier") or "1 1").replace(":", " ").split()
        rate = nominal * Fraction(int(numerator), int(denominator))
        ticks = Fraction(_parameter(root, "tickRate") or (rate if _parameter(root, "frameRate") else 1))
        if rate <= 0 or ticks <= 0:
            raise ValueError
    except (ValueError, ZeroDivisionError) as error:
        raise SubtitleError("its frame rate or tick rate is no number") from error
    drop = (_parameter(root, "dropMode") or "nonDrop") != "nonDrop"
    return _Clock(rate, nominal, ticks, _parameter(root, "timeBase") == "smpte", drop)


def _agents(root: ET.Element) -> dict[str, str]:
    return {
        agent.get(f"{{{XML}}}id", ""): " ".join("".join(agent.itertext()).split())
        for agent in root.iter()
        if _local(agent.tag) == "agent"
    }


def _top_regions(root: ET.Element) -> frozenset[str]:
    tops = set()
    for region in root.iter():
        if _local(region.tag) == "region":
            styles = {
                _local(key): value for element in (region, *region) for key, value in element.attrib.items()
            }
            origin = re.search(r"\s([\d.]+)%", styles.get("origin", ""))
            if (
                origin is not None
                and float(origin[1]) < 45
                and styles.get("displayAlign", "before") != "after"
            ):
                tops.add(region.get(f"{{{XML}}}id", ""))
    return frozenset(tops)


def _paragraphs(
    element: ET.Element,
    offset: Fraction,
    limit: Fraction | None,
    clock: _Clock,
    agents: dict[str, str],
    tops: frozenset[str],
    inherited: str | None,
) -> Iterator[Cue]:
    """Yield the cues of an element. Times are relative to its own; `inherited` is the region of its parents."""
    region = element.get("region", inherited)
    begin = element.get("begin")
    start = offset + (_seconds(begin, clock) if begin else 0)
    end = limit
    if element.get("end"):
        end = offset + _seconds(element.get("end", ""), clock)
    elif element.get("dur"):
        end = start + _seconds(element.get("dur", ""), clock)
    if limit is not None and end is not None:
        end = min(end, limit)
    if _local(element.tag) == "p":
        yield from _cues(element, start, end, clock, agents, "line:0" if region in tops else "")
        return
    for child in element:
        yield from _paragraphs(child, start, end, clock, agents, tops, region)


def _cues(
    paragraph: ET.Element,
    start: Fraction,
    end: Fraction | None,
    clock: _Clock,
    agents: dict[str, str],
    settings: str,
) -> Iterator[Cue]:
    timed = [
        child
        for child in paragraph
        if _local(child.tag) == "span" and (child.get("begin") or child.get("end"))
    ]
    if timed and end is None:
        # Text whose spans have the times, as YouTube writes it.
        for span in timed:
            yield from _paragraphs(_as_paragraph(span), start, end, clock, agents, frozenset(), None)
        return
    lines = _text_lines(paragraph)
    if not lines or end is None:
        return
    name = next((value for key, value in paragraph.attrib.items() if _local(key) == "agent"), "")
    speaker = " / ".join(agents.get(agent, "") for agent in name.split()) or None
    shown = TimeSpan(_milliseconds(start), max(_milliseconds(start), _milliseconds(end)))
    yield Cue(shown, speaker, tuple(lines), settings=settings)


def _as_paragraph(span: ET.Element) -> ET.Element:
    paragraph = ET.Element(f"{{{TT}}}p", span.attrib)
    paragraph.text = span.text
    paragraph.extend(list(span))
    return paragraph


def _text_lines(paragraph: ET.Element) -> list[str]:
    pieces: list[str] = []

    def walk(element: ET.Element, preserved: bool) -> None:
        preserved = element.get(f"{{{XML}}}space", "preserve" if preserved else "default") == "preserve"
        pieces.append(_white(element.text, preserved))
        for child in element:
            if _local(child.tag) == "br":
                pieces.append("\n")
            elif _local(child.tag) != "metadata":
                walk(child, preserved)
            pieces.append(_white(child.tail, preserved))

    walk(paragraph, False)
    return [line.strip() for line in "".join(pieces).split("\n") if line.strip()]


def _white(text: str | None, preserved: bool) -> str:
    if not text:
        return ""
    return text if preserved else re.sub(r"\s+", " ", text)


def _milliseconds(seconds: Fraction) -> int:
    return max(0, math.floor(seconds * 1000 + Fraction(1, 2)))


def _seconds(text: str, clock: _Clock) -> Fraction:
    """Return the seconds of a time expression of TTML: "00:01:02.5", "00:01:02:12", "62.5s", "1500ms", "30f", "90t"."""
    found = re.fullmatch(r"(\d+):(\d\d):(\d\d)(?:\.(\d+)|[:;](\d+)(?:\.\d+)?)?", text.strip())
    if found:
        whole = (int(found[1]) * 60 + int(found[2])) * 60 + int(found[3])
        if clock.smpte:
            return Fraction(_frame_number(whole, int(found[5] or 0), clock)) / clock.rate
        fraction = Fraction(f"0.{found[4]}") if found[4] else Fraction(0)
        return whole + fraction + Fraction(int(found[5] or 0)) / clock.rate
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(h|m|s|ms|f|t)", text.strip())
    if not found:
        raise SubtitleError(f"{text.strip()[:40]!r} is not a time of TTML: 00:01:02.345 is meant")
    units = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
    units |= {"f": 1 / clock.rate, "t": 1 / clock.ticks}
    return Fraction(found[1]) * units[found[2]]


def _frame_number(whole: int, frames: int, clock: _Clock) -> int:
    """Return the number of the frame that a label names; drop-frame labels leave out two a minute but the tenth."""
    number = whole * clock.nominal + frames
    if clock.drop:
        minutes = whole // 60
        number -= 2 * (clock.nominal // 30) * (minutes - minutes // 10)
    return number
