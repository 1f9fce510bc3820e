"""WebVTT (.vtt), https://www.w3.org/TR/webvtt1/: captions with voices and places, and chapters."""

from __future__ import annotations

import html
import re

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.captions import COLOURS, Captions, speaker_colours
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import markup
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.formats.times import ALMOST_TIMING, TIMING, clock_time, parse_time

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_VOICE_END = re.compile(r"</v\s*>")


def write(captions: Captions) -> bytes:
    """Return the captions as a WebVTT file, each with its speaker as a voice span: `<v Rosa Balfour>`."""
    colours = speaker_colours(captions)
    blocks = ["WEBVTT"]
    if captions.head:
        blocks.append(captions.head)
    elif set(colours.values()) - {COLOURS[0]}:
        blocks.append(
            "STYLE\n" + "\n".join(f"::cue(.{colour}) {{ color: {colour}; }}" for colour in COLOURS[1:])
        )
    blocks += [_block(cue, colours.get(cue.speaker or "", COLOURS[0])) for cue in captions.cues]
    return ("\n\n".join(blocks) + "\n").encode()


def _block(cue: Cue, colour: str) -> str:
    settings = f" {cue.settings}" if cue.settings else ""
    lines = [_escaped(line) for line in cue.shown]
    if cue.marked:
        lines = [re.sub(r"&lt;(/?[ibu])&gt;", r"<\1>", _escaped(line)) for line in cue.marked]
    if colour != COLOURS[0]:
        lines = [f"<c.{colour}>{line}</c>" for line in lines]
    # The annotation of a tag holds neither a line break nor ">".
    speaker = _escaped(" ".join((cue.speaker or "").split()))
    if speaker:
        # The end tag may be left out where the voice is that of the whole cue (section 4.2.2).
        lines[0] = f"<v {speaker}>{lines[0]}"
    times = f"{clock_time(cue.span.start)} --> {clock_time(cue.span.end)}{settings}"
    return "\n".join([times, *lines])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read(data: bytes) -> Captions:
    """Read a WebVTT file. Raises SubtitleError, which names the line: it is none, or a time of it makes no sense."""
    text, notes = decoded(data)
    lines = text.split("\n")
    if lines[0][:6] != "WEBVTT" or lines[0][6:7].strip():
        if not any(TIMING.match(line) for line in lines):
            raise SubtitleError("no WebVTT file: it does not begin with WEBVTT, and has no captions")
        notes.append("line 1: WEBVTT is missing, which browsers ask for")
        lines.insert(0, "WEBVTT")
        offset = 0
    else:
        offset = 1
    cues: list[Cue] = []
    heads: list[str] = []
    at = 1
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        block = lines[at:end]
        if block:
            _read_block(block, at + offset, cues, heads, notes, end >= len(lines))
        at = end + 1
    return Captions(tuple(cues), head="\n\n".join(heads), notes=tuple(notes))


def _read_block(
    block: list[str], number: int, cues: list[Cue], heads: list[str], notes: list[str], last: bool
) -> None:
    """Read one block of lines, whose first has `number`; it may hold several cues without blanks between."""
    timings = [at for at, line in enumerate(block) if TIMING.match(line)]
    broken = False
    for at, line in enumerate(block):
        if ALMOST_TIMING.match(line) and at not in timings:
            if last and at == len(block) - 1:
                notes.append(
                    f"line {number + at}: the file breaks off inside a time; the caption is left out"
                )
                broken = True
                continue
            raise SubtitleError(f"line {number + at}: {line.strip()[:60]!r} is not a pair of times")
    if not timings:
        if re.match(r"(NOTE|STYLE|REGION)\b", block[0]):
            if not cues:
                heads.append("\n".join(block))
        elif not broken and (cues or not block[0].startswith(("X-TIMESTAMP", "Kind:", "Language:"))):
            notes.append(f"line {number}: text without a time, left out: {block[0].strip()[:40]!r}")
        return
    if len(timings) > 1:
        notes.append(f"line {number + timings[1]}: no blank line before the caption")
    for place, at in enumerate(timings):
        end = timings[place + 1] if place + 1 < len(timings) else len(block)
        found = TIMING.match(block[at])
        assert found is not None
        if "," in found[1] + found[2]:
            notes.append(f"line {number + at}: a comma in a time, where WebVTT has a point")
        start, stop = max(0, parse_time(found[1])), max(0, parse_time(found[2]))
        if found[1].startswith(("-", "−")):
            notes.append(f"line {number + at}: a time below zero, taken for zero")
        if stop < start:
            notes.append(f"line {number + at}: it ends before it begins; taken to end where it begins")
        cues.append(_cue(TimeSpan(start, max(start, stop)), block[at + 1 : end], (found[3] or "").strip()))


def _cue(span: TimeSpan, body: list[str], settings: str) -> Cue:
    text = "\n".join(line.strip() for line in body)
    voices = {html.unescape(voice).strip() for voice in _VOICE.findall(text)}
    speaker = voices.pop() if len(voices) == 1 else None
    text = _VOICE_END.sub("", _VOICE.sub("", text))
    lines = tuple(html.unescape(line).strip() for line in markup.plain(text).split("\n") if line.strip())
    marked = tuple(html.unescape(line).strip() for line in markup.kept(text).split("\n") if line.strip())
    if not markup.has_marks(markup.kept(text)):
        marked = ()
    return Cue(span, speaker or None, lines, marked=marked, settings=" ".join(settings.split()))


def write_chapters(captions: Captions) -> bytes:
    """Return a WebVTT file of chapters, one for each turn of a speaker: `<track kind="chapters">`.

    Its title is the speaker's name and the first words. Where no speaker is known the whole is one chapter.
    """
    chapters: list[tuple[int, str | None, str]] = []
    for cue in captions.cues:
        spoken = cue.speaker is not None or not chapters
        if spoken and (not chapters or chapters[-1][1] != cue.speaker):
            chapters.append((cue.span.start, cue.speaker, " ".join(cue.lines)))
    end = captions.cues[-1].span.end
    blocks = ["WEBVTT"]
    for number, (start, speaker, words) in enumerate(chapters):
        until = chapters[number + 1][0] if number + 1 < len(chapters) else end
        first = words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0].rstrip(",;:–-. ") + "…"
        title = f"{' '.join(speaker.split())}: {first}" if speaker else first
        blocks.append(f"{clock_time(start)} --> {clock_time(max(until, start + 1))}\n{_escaped(title)}")
    return ("\n\n".join(blocks) + "\n").encode()
