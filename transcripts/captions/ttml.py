"""TTML of any profile and any house: clock times, offsets, frames and ticks; nested times; regions at the top."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.captions import markup
from asdelivered.transcripts.captions.model import CaptionFile, CaptionFileError, RawCue, VoiceRun
from asdelivered.transcripts.captions.times import clock_time

_XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True)
class Clock:
    """How a document counts: its frame rate, its ticks, and the number of frames in a second of its labels."""

    rate: Fraction = Fraction(30)
    nominal: int = 30
    ticks: Fraction = Fraction(1)
    smpte: bool = False
    drop: bool = False
    fault: str = ""
    """Why no time of the document makes sense."""


@dataclass(frozen=True)
class _Head:
    """What the paragraphs of a document refer to: its clock, its agents' names, its top regions."""

    clock: Clock
    agents: dict[str, str]
    tops: frozenset[str]
    styles: dict[str, str]
    """The marks of the styles by their ids: i, b and u."""
    rubies: dict[str, str]
    """What part of ruby the styles say that a span is, by their ids."""
    hidden: frozenset[str]
    """The ids of the styles of what is not displayed."""
    numbers: dict[ET.Element, int]
    """The place of each element in the order of the document, from 0."""


@dataclass(frozen=True)
class _Scope:
    """What an element passes on to those inside it: seconds to which their times are relative, and its region."""

    offset: Fraction = Fraction(0)
    limit: Fraction | None = None
    region: str | None = None
    agents: str = ""
    element: int = -1
    """The number of the element itself."""
    fault: str = ""


class TtmlTimeError(ValueError):
    """A time makes no sense; the message says which."""


def parse_ttml(data: bytes) -> CaptionFile:
    """Return the paragraphs of a TTML document that have text, in its order; agents are their voices.

    A paragraph without an out-time, or whose times make no sense, has no span; the former has a start. Raises
    CaptionFileError: it is no XML, or no TTML; it holds entities or a document type.
    """
    root = _root(data)
    clock = clock_of(root)
    numbers = {element: number for number, element in enumerate(root.iter())}
    head = _Head(
        clock,
        _agents(root),
        _top_regions(root),
        _marked_styles(root),
        _ruby_styles(root),
        _hidden_styles(root),
        numbers,
    )
    body = next((element for element in root if _local(element) == "body"), root)
    title = next((element.text for element in root.iter() if _local(element) == "title" and element.text), "")
    counted = clock.smpte or _parameter(root, "frameRate") is not None
    return CaptionFile(
        tuple(_cues(body, head)),
        title.strip(),
        root.get(f"{_XML}lang", ""),
        frame_rate=clock.rate if counted else None,
    )


def _root(data: bytes) -> ET.Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: ET.Element = fromstring(data, forbid_dtd=True)
    except ET.ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise CaptionFileError(f"line {line}, column {column + 1}: not XML: {reason}") from error
    except DefusedXmlException as error:
        raise CaptionFileError(
            "it has a document type or entities, which captions have no use for: such a file is refused"
        ) from error
    except (ValueError, LookupError) as error:
        raise CaptionFileError(f"not XML: {error}") from error
    if _local(root) != "tt":
        raise CaptionFileError(f"no TTML: its root is <{_local(root)}>")
    return root


def _local(element: ET.Element) -> str:
    """Return the name of an element without its namespace; "" for what is none, such as a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _parameter(root: ET.Element, name: str) -> str | None:
    """Return a parameter of the root in whatever version of the namespace."""
    return next(
        (
            value
            for key, value in root.attrib.items()
            if key.rpartition("}")[2] == name and "parameter" in key
        ),
        None,
    )


def clock_of(root: ET.Element) -> Clock:
    """Return how a document counts."""
    counted = _parameter(root, "frameRate")
    try:
        nominal = int(counted or 30)
        numerator, denominator = (_parameter(root, "frameRateMultiplier") or "1 1").replace(":", " ").split()
        rate = nominal * Fraction(int(numerator), int(denominator))
        ticks = Fraction(_parameter(root, "tickRate") or (rate if counted else 1))
        if rate <= 0 or ticks <= 0:
            raise ValueError
    except (ValueError, ZeroDivisionError):
        return Clock(fault="its frame rate or tick rate is no number")
    drop = (_parameter(root, "dropMode") or "nonDrop") != "nonDrop"
    return Clock(rate, nominal, ticks, _parameter(root, "timeBase") == "smpte", drop)


def _agents(root: ET.Element) -> dict[str, str]:
    """Return the names of the agents that the document describes, by their ids."""
    return {
        agent.get(f"{_XML}id", ""): " ".join("".join(agent.itertext()).split())
        for agent in root.iter()
        if _local(agent) == "agent"
    }


def _top_regions(root: ET.Element) -> frozenset[str]:
    tops = set()
    for region in root.iter():
        if _local(region) == "region":
            styles = {
                key.rpartition("}")[2]: value
                for element in (region, *region)
                for key, value in element.attrib.items()
            }
            origin = re.search(r"\s(\d+(?:\.\d+)?|\.\d+)%", styles.get("origin", ""))
            hangs = styles.get("displayAlign", "before") != "after"
            if origin is not None and float(origin[1]) < 45 and hangs:
                tops.add(region.get(f"{_XML}id", ""))
    return frozenset(tops)


def _marked_styles(root: ET.Element) -> dict[str, str]:
    styles = (element for element in root.iter() if _local(element) == "style")
    return {style.get(f"{_XML}id", ""): _own_marks(style) for style in styles}


def _ruby_styles(root: ET.Element) -> dict[str, str]:
    styles = (element for element in root.iter() if _local(element) == "style")
    return {style.get(f"{_XML}id", ""): part for style in styles if (part := _own_ruby(style))}


def _hidden_styles(root: ET.Element) -> frozenset[str]:
    styles = (element for element in root.iter() if _local(element) == "style")
    return frozenset(style.get(f"{_XML}id", "") for style in styles if _display(style) == "none")


def _own_ruby(element: ET.Element) -> str:
    """Return which part of ruby the attributes of an element say that it is: "container", "base", "text"."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "ruby"), "")


def _ruby(element: ET.Element, head: _Head) -> str:
    referred = (head.rubies[name] for name in element.get("style", "").split() if name in head.rubies)
    return _own_ruby(element) or next(referred, "")


def _own_marks(element: ET.Element) -> str:
    """Return which of i, b and u the attributes of an element say."""
    values = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    return (
        "i" * (values.get("fontStyle") in ("italic", "oblique"))
        + "b" * (values.get("fontWeight") == "bold")
        + "u" * (values.get("textDecoration") == "underline")
    )


def _marks(element: ET.Element, head: _Head) -> str:
    """Return the marks of an element, its own and those of its styles."""
    referred = "".join(head.styles.get(name, "") for name in element.get("style", "").split())
    return "".join(mark for mark in "ibu" if mark in _own_marks(element) + referred)


def _cues(body: ET.Element, head: _Head) -> Iterator[RawCue]:
    """Yield the cues of a body. Elements wait on a stack: a hostile file may nest them without end."""
    waiting = [(body, _Scope())]
    while waiting:
        element, outer = waiting.pop()
        scope = _inside(element, outer, head)
        if _is_hidden(element, head):
            continue
        if _local(element) == "p":
            yield from _paragraph(element, scope, head)
        else:
            waiting += reversed(_children(element, scope, head))


def _children(element: ET.Element, scope: _Scope, head: _Head) -> list[tuple[ET.Element, _Scope]]:
    """Return the elements inside another, each with what that passes on to it.

    In a container of the kind "seq" each begins where the one before ends.
    """
    if element.get("timeContainer") != "seq":
        return [(child, scope) for child in element]
    placed = []
    offset = scope.offset
    for child in element:
        own = replace(scope, offset=offset)
        placed.append((child, own))
        inside = _inside(child, own, head)
        if child.get("end") or child.get("dur"):
            offset = max(offset, inside.limit or offset)
    return placed


def _is_hidden(element: ET.Element, head: _Head) -> bool:
    """Whether an element is not displayed, by an attribute of its own or of its styles."""
    names = element.get("style", "").split()
    return _display(element) == "none" or (
        not _display(element) and any(name in head.hidden for name in names)
    )


def _display(element: ET.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("styling}display")), "")


def _inside(element: ET.Element, outer: _Scope, head: _Head) -> _Scope:
    """Return what holds inside an element; its times are relative to those around it."""
    clock = head.clock
    scope = replace(
        outer,
        region=element.get("region", outer.region),
        agents=_agent_of(element) or outer.agents,
        element=head.numbers[element],
    )
    try:
        begin, end, duration = (element.get(name) for name in ("begin", "end", "dur"))
        start = outer.offset + (seconds_of(begin, clock) if begin else 0)
        stop = outer.limit
        if end:
            stop = outer.offset + seconds_of(end, clock)
        elif duration:
            stop = start + seconds_of(duration, clock)
    except ValueError as error:
        return replace(scope, fault=outer.fault or str(error))
    if outer.limit is not None and stop is not None:
        stop = min(stop, outer.limit)
    return replace(scope, offset=start, limit=stop)


def _paragraph(paragraph: ET.Element, scope: _Scope, head: _Head) -> Iterator[RawCue]:
    """Yield the cue of a paragraph; one for each of its spans where the times are theirs, as phrases or alone."""
    timed = [
        child for child in paragraph if _local(child) == "span" and (child.get("begin") or child.get("end"))
    ]
    if not timed or (scope.limit is not None and not _are_phrases(timed, head)):
        inner = next((_agent_of(element) for element in paragraph.iter() if _agent_of(element)), "")
        yield from _cue(
            _text(paragraph, head),
            replace(scope, agents=scope.agents or inner),
            head,
            _text(paragraph, head, with_marks=True),
        )
        return
    between = _collapsed(paragraph.text)
    for child in paragraph:
        if child in timed:
            yield from _cue(between, scope, head)
            inner_scope = _inside(child, scope, head)
            yield from _cue(_text(child, head), inner_scope, head, _text(child, head, with_marks=True))
            between = _collapsed(child.tail)
        else:
            between += _text(child, head) + _collapsed(child.tail)
    yield from _cue(between, scope, head)


def _are_phrases(timed: list[ET.Element], head: _Head) -> bool:
    """Whether timed spans are captions of their own: single words are highlighted within the caption instead."""
    return sum(len(_text(span, head).split()) for span in timed) >= 2 * len(timed)


def _agent_of(element: ET.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "agent"), "")


def _cue(text: str, scope: _Scope, head: _Head, marked: str = "") -> Iterator[RawCue]:
    """Yield the cue of a text, unless that is empty; `marked` is the text with <i>, <b> and <u>."""
    if not text.strip():
        return
    names = [name for agent in scope.agents.split() if (name := head.agents.get(agent, agent))]
    start = None if scope.fault else _milliseconds(scope.offset)
    span = None
    if start is not None and scope.limit is not None:
        span = TimeSpan(start, max(start, _milliseconds(scope.limit)))
    yield RawCue(
        span,
        (VoiceRun(text, " / ".join(names) or None),),
        tuple(line.strip() for line in marked.split("\n") if markup.plain(line).strip())
        if markup.has_marks(marked)
        else (),
        settings="line:0" if scope.region in head.tops else "",
        place=scope.region or "",
        start=start,
        at=scope.element,
        fault=scope.fault,
    )


def _collapsed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


_RUBY_TAGS = {"container": "ruby", "text": "rt"}
_SMALL = ("text", "textContainer", "delimiter")
"""The parts of ruby that are no part of the text."""


def _text(element: ET.Element, head: _Head, with_marks: bool = False) -> str:
    """Return the text of an element in the order of reading, with a line feed for each `br`.

    With marks, italics, bold, underlining and ruby are in it as <i>, <b>, <u>, <ruby> and <rt>; without, the small text
    of ruby is left out.
    """
    if _local(element) == "br":
        return "\n"
    pieces: list[str] = []
    waiting: list[tuple[ET.Element | str, bool]] = [(element, False)]
    while waiting:
        item, preserved = waiting.pop()
        if isinstance(item, str):
            pieces.append(item if preserved else _collapsed(item))
        elif _local(item) == "br":
            pieces.append("\n")
        elif _local(item) not in ("metadata", ""):
            inner = item.get(f"{_XML}space", "preserve" if preserved else "default") == "preserve"
            part = _ruby(item, head)
            if part == "delimiter" or (part in _SMALL and not with_marks):
                continue
            marks = [*_marks(item, head), *filter(None, [_RUBY_TAGS.get(part)])] if with_marks else []
            waiting += [(f"</{mark}>", True) for mark in marks]
            for child in reversed(item):
                waiting += [(child.tail or "", inner), (child, inner)]
            waiting.append((item.text or "", inner))
            waiting += [(f"<{mark}>", True) for mark in reversed(marks)]
    return "".join(pieces)


def _milliseconds(seconds: Fraction) -> int:
    return max(0, math.floor(seconds * 1000 + Fraction(1, 2)))


def seconds_of(text: str, clock: Clock) -> Fraction:
    """Return the seconds of a time expression of TTML: "00:01:02.5", "00:01:02:12", "62.5s", "1500ms", "30f", "90t".

    "3:58.64" is none, but is found. Raises TtmlTimeError.
    """
    if clock.fault:
        raise TtmlTimeError(clock.fault)
    found = re.fullmatch(r"(?:(\d+):)?(\d\d?):(\d\d)(?:\.(\d+)|[:;](\d+)(?:\.\d+)?)?", text.strip())
    if found:
        whole = (int(found[1] or 0) * 60 + int(found[2])) * 60 + int(found[3])
        if clock.smpte:
            return Fraction(_frame_number(whole, int(found[5] or 0), clock)) / clock.rate
        fraction = Fraction(f"0.{found[4]}") if found[4] else Fraction(0)
        return whole + fraction + Fraction(int(found[5] or 0)) / clock.rate
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(h|m|s|ms|f|t)", text.strip())
    if not found:
        raise TtmlTimeError(f"{text.strip()[:40]!r} is not a time of TTML: expected one like 00:01:02.345")
    units = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
    units |= {"f": 1 / clock.rate, "t": 1 / clock.ticks}
    return Fraction(found[1]) * units[found[2]]


def time_expression(seconds: Fraction, like: str, clock: Clock) -> str:
    """Return a time expression in the manner of another one: as a clock time with a fraction or frames, or an offset.

    Clock times and seconds are exact to the millisecond, frames and ticks to one of them.
    """
    found = re.fullmatch(r"\d+(?:\.\d+)?(h|m|s|ms|f|t)", like.strip())
    if found and found[1] in "ft":
        rate = clock.rate if found[1] == "f" else clock.ticks
        return f"{math.floor(seconds * rate + Fraction(1, 2))}{found[1]}"
    milliseconds = _milliseconds(seconds)
    if found:
        return f"{milliseconds}ms" if found[1] == "ms" else f"{milliseconds / 1000:.3f}s"
    if clock.smpte or re.search(r":\d\d:\d\d[:;]", like):
        return _frame_label(seconds, like, clock)
    return clock_time(milliseconds)


def _frame_label(seconds: Fraction, like: str, clock: Clock) -> str:
    """Return the label of the frame nearest to a time."""
    if not clock.smpte:
        whole = math.floor(seconds)
        frames = math.floor((seconds - whole) * clock.rate + Fraction(1, 2))
        if frames >= clock.rate:
            whole, frames = whole + 1, 0
    else:
        frame = math.floor(seconds * clock.rate + Fraction(1, 2))
        if clock.drop:
            ten_minutes, rest = divmod(frame, clock.nominal * 600 - 18 * (clock.nominal // 30))
            minute = clock.nominal * 60 - 2 * (clock.nominal // 30)
            skipped = max(0, rest - 2 * (clock.nominal // 30)) // minute
            frame += 2 * (clock.nominal // 30) * (9 * ten_minutes + skipped)
        whole, frames = divmod(frame, clock.nominal)
    mark = ";" if ";" in like else ":"
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{frames:02}"


def _frame_number(whole: int, frames: int, clock: Clock) -> int:
    """Return the number of the frame that a label names; drop-frame labels leave out two a minute but the tenth."""
    number = whole * clock.nominal + frames
    if clock.drop:
        minutes = whole // 60
        number -= 2 * (clock.nominal // 30) * (minutes - minutes // 10)
    return number
