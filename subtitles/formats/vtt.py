"""WebVTT (.vtt), https://www.w3.org/TR/webvtt1/: captions with voices and places, and chapters."""

from __future__ import annotations

import re

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.parsed import captions_in, timings_in
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import COLOURS, Captions, Cue, speaker_colours, word_by_word
from asdelivered.transcripts.captions.model import CaptionFileError
from asdelivered.transcripts.captions.times import clock_time
from asdelivered.transcripts.captions.vtt import parse_vtt


def write(captions: Captions) -> bytes:
    """Return the captions as a WebVTT file, each with its speaker as a voice span: `<v Rosa Balfour>`."""
    colours = speaker_colours(captions)
    blocks = ["WEBVTT"]
    if captions.head:
        blocks.append(captions.head)
    elif rules := _rules(bool(set(colours.values()) - {COLOURS[0]}), captions.highlighted):
        blocks.append("STYLE\n" + "\n".join(rules))
    blocks += [
        _block(cue, colours.get(cue.speaker or "", COLOURS[0]), captions.highlighted) for cue in captions.cues
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def _rules(coloured: bool, highlighted: bool) -> list[str]:
    rules = [f"::cue(.{colour}) {{ color: {colour}; }}" for colour in COLOURS[1:]] if coloured else []
    return [*rules, "::cue(:future) { color: gray; }"] if highlighted else rules


def _block(cue: Cue, colour: str, highlighted: bool) -> str:
    settings = f" {cue.settings}" if cue.settings else ""
    lines = [_escaped(line) for line in cue.shown]
    if highlighted:
        lines = _lit(cue).split("\n")
    if cue.marked:
        lines = [re.sub(r"&lt;(/?(?:[ibu]|ruby|rt))&gt;", r"<\1>", _escaped(line)) for line in cue.marked]
    if colour != COLOURS[0]:
        lines = [f"<c.{colour}>{line}</c>" for line in lines]
    # The annotation of a tag holds neither a line break nor ">".
    speaker = _escaped(" ".join((cue.speaker or "").split()))
    if speaker:
        # The end tag may be left out where the voice is that of the whole cue (section 4.2.2).
        lines[0] = f"<v {speaker}>{lines[0]}"
    if len(cue.voices) == len(lines):
        lines = [
            f"<v {_escaped(' '.join(voice.split()))}>{line}</v>" if voice else line
            for voice, line in zip(cue.voices, lines, strict=True)
        ]
    times = f"{clock_time(cue.span.start)} --> {clock_time(cue.span.end)}{settings}"
    return "\n".join([times, *lines])


def _lit(cue: Cue) -> str:
    """Return the text of a cue with the time before each word that is said later than the cue comes in (4.2.3)."""
    text = ""
    latest = cue.span.start
    for start, part in word_by_word(cue):
        if latest < start < cue.span.end:
            text += f"<{clock_time(start)}>"
            latest = start
        text += _escaped(part)
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def recognises(data: bytes) -> bool:
    """Whether it begins with WEBVTT, or has the times of a file that lost its first line."""
    return opening(data).startswith(b"WEBVTT") or timings_in(data)


def read(data: bytes) -> Captions:
    """Read a WebVTT file. Raises SubtitleError, which names the line: it is none, or a time of it makes no sense."""
    text, notes = decoded(data)
    try:
        return captions_in(parse_vtt(text), notes)
    except CaptionFileError as error:
        raise SubtitleError(str(error)) from error


def write_chapters(captions: Captions) -> bytes:
    """Return a WebVTT file of chapters, one for each turn of a speaker: `<track kind="chapters">`.

    A title is the speaker's name and the first words. Where no speaker is known, the whole is one chapter.
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
