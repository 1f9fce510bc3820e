"""How the names of recordings end, for whoever chooses among files without opening them; imports nothing."""

from __future__ import annotations

RECORDING_ENDINGS = (
    *(".mp4", ".mov", ".mkv", ".mxf", ".webm", ".avi", ".ts", ".m4v", ".mpg", ".mpeg"),
    *(".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".aiff", ".aif", ".mka"),
)
"""Of several files of an event, the first of these is its recording. Any other file may be named outright."""
