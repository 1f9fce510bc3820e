"""How the names of recordings end, for whoever chooses among files without opening them; imports nothing."""

from __future__ import annotations

RECORDING_ENDINGS = (
    *(".mp4", ".mov", ".mkv", ".mxf", ".webm", ".avi", ".ts", ".m4v", ".mpg", ".mpeg"),
    *(".m2ts", ".mts", ".wmv", ".asf", ".flv", ".f4v", ".3gp", ".3g2", ".ogv", ".vob", ".m2v", ".dv"),
    *(".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".aiff", ".aif", ".mka"),
    *(".caf", ".amr", ".aifc", ".m4b", ".mp2", ".ac3", ".w64", ".rf64", ".bwf", ".wv", ".au", ".spx"),
)
"""Of several files of an event, the first of these is its recording. Any other file may be named outright."""
