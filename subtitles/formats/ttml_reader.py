"""TTML of any profile and any house, read: clock times, offsets, frames and ticks; nested times; regions at the top."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import LARGEST
from asdelivered.subtitles.formats.ttml import TT, TTM, XML


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
    if len(data) > LARGEST:
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
