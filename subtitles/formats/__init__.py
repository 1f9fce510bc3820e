"""The caption formats that can be written.

To add one:

1. write a module here with one function from cues to the bytes of a file;
2. name it in WRITERS under its file extension;
3. add it to the round trips in tests/subtitles/test_formats.py, read back by a program that is not ours;
4. run tests/subtitles/make_goldens.py, and read what it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from asdelivered.subtitles.cues import Cue
from asdelivered.subtitles.formats.srt import to_srt
from asdelivered.subtitles.formats.vtt import to_vtt

Writer = Callable[[Sequence[Cue]], bytes]

WRITERS: Mapping[str, Writer] = MappingProxyType({"srt": to_srt, "vtt": to_vtt})
