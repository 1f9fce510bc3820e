"""WebVTT (.vtt), https://www.w3.org/TR/webvtt1/."""

from __future__ import annotations

from collections.abc import Sequence

from webvtt import Caption, WebVTT

from asdelivered.subtitles.cues import Cue


def to_vtt(cues: Sequence[Cue]) -> bytes:
    """Return the cues as a WebVTT file, each with its speaker as a voice span: `<v Rosa Balfour>`."""
    return WebVTT(captions=[_caption(cue) for cue in cues]).content.encode()


def _caption(cue: Cue) -> Caption:
    # The library lays out the file; the text of a cue, markup and escapes included, is the caller's.
    lines = [_escaped(line) for line in cue.lines]
    # The annotation of a tag holds neither a line break nor ">".
    speaker = _escaped(" ".join((cue.speaker or "").split()))
    if speaker:
        # The end tag may be left out where the voice is that of the whole cue (section 4.2.2).
        lines[0] = f"<v {speaker}>{lines[0]}"
    return Caption(_time(cue.span.start), _time(cue.span.end), lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(milliseconds: int) -> str:
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
