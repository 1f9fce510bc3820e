"""The cut-list formats that can be written.

To add one:

1. write a module here with one function from a CutList to the bytes of a file;
2. add it to FORMATS, with the file extension of the format;
3. read back what it writes in tests/media/cutlists/, with a program that isn't ours;
4. run tests/media/cutlists/make_goldens.py, check what it wrote, and add a row to docs/clips.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.media.cutlists.aaf import to_aaf
from asdelivered.media.cutlists.ale import to_ale
from asdelivered.media.cutlists.csv_table import to_csv
from asdelivered.media.cutlists.edl import to_edl
from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.cutlists.fcp7 import to_fcp7
from asdelivered.media.cutlists.fcpxml import to_fcpxml
from asdelivered.media.cutlists.ffconcat import to_concat
from asdelivered.media.cutlists.ffmetadata import to_ffmetadata
from asdelivered.media.cutlists.hindenburg import to_hindenburg
from asdelivered.media.cutlists.json_list import to_json
from asdelivered.media.cutlists.labels import to_labels
from asdelivered.media.cutlists.losslesscut import to_losslesscut
from asdelivered.media.cutlists.m3u import to_m3u
from asdelivered.media.cutlists.markers.audition import to_audition
from asdelivered.media.cutlists.markers.premiere import to_premiere_markers
from asdelivered.media.cutlists.markers.pro_tools import to_pro_tools
from asdelivered.media.cutlists.markers.reaper import to_reaper
from asdelivered.media.cutlists.markers.resolve import to_resolve_markers
from asdelivered.media.cutlists.mlt import limit_of_mlt, to_mlt
from asdelivered.media.cutlists.mpv import to_mpv
from asdelivered.media.cutlists.otio import to_otio
from asdelivered.media.cutlists.podcast_chapters import to_podcast_chapters
from asdelivered.media.cutlists.vegas import to_vegas
from asdelivered.media.cutlists.youtube import to_youtube
from asdelivered.media.edit import CutList
from asdelivered.media.edit_source import EditSource
from asdelivered.media.endings import RECORDING_ENDINGS


@dataclass(frozen=True)
class Format:
    """A format of cut-lists, and the ending of a file name that chooses it.

    `limit` returns what the programs that read it can't play exactly in a recording, a sentence, or None.
    """

    ending: str
    name: str
    write: Callable[[CutList], bytes]
    limit: Callable[[EditSource], str | None] = lambda source: None


FORMATS: Sequence[Format] = (
    Format(".edl", "CMX3600 edit decision list", to_edl),
    Format(".otio", "OpenTimelineIO", to_otio),
    Format(".fcpxml", "Final Cut Pro XML", to_fcpxml),
    Format(".xml", "Final Cut Pro 7 and Premiere XML", to_fcp7),
    Format(".premiere.xml", "markers for Premiere", to_premiere_markers),
    Format(".resolve.edl", "markers for DaVinci Resolve", to_resolve_markers),
    Format(".aaf", "edit for Avid", to_aaf),
    Format(".ale", "log of clips for Avid", to_ale),
    Format(".vegas.txt", "text EDL for Vegas and Edius", to_vegas),
    Format(".mlt", "MLT XML for melt, Kdenlive and Shotcut", to_mlt, limit_of_mlt),
    Format(".txt", "labels for Audacity", to_labels),
    Format(".protools.mid", "markers for Pro Tools, as MIDI", to_pro_tools),
    Format(".reaper.csv", "regions for Reaper", to_reaper),
    Format(".audition.csv", "markers for Audition", to_audition),
    Format(".nhsx", "session for Hindenburg", to_hindenburg),
    Format(".csv", "table", to_csv),
    Format(".json", "JSON", to_json),
    Format(".losslesscut.csv", "segments for LosslessCut", to_losslesscut),
    Format(".mpv.edl", "mpv playlist", to_mpv),
    Format(".ffmetadata", "chapters for FFmpeg", to_ffmetadata),
    Format(".chapters.json", "chapters for podcasts", to_podcast_chapters),
    Format(".youtube.txt", "chapters for YouTube", to_youtube),
    Format(".ffconcat", "concat script for FFmpeg", to_concat),
    Format(".m3u", "playlist", to_m3u),
    Format(".m3u8", "playlist", to_m3u),
)


def format_of(path: Path) -> Format:
    """Return the format that a file name chooses: the one with the longest ending that fits.

    Raises CutListError, which lists the endings, where none fits.
    """
    fitting = [known for known in FORMATS if path.name.lower().endswith(known.ending)]
    if not fitting and path.suffix.lower() in RECORDING_ENDINGS:
        raise CutListError(
            f"{path.name!r} is the name of a recording, and a list is written here: clips are written with --render DIR"
        )
    if not fitting:
        raise CutListError(
            f"{path.name!r} names no format of cut-lists: end it in one of "
            f"{', '.join(sorted(known.ending for known in FORMATS))}"
        )
    return max(fitting, key=lambda known: len(known.ending))
