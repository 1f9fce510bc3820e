"""Text EDL of Vegas Pro (.vegas.txt), which Vegas and Edius read: "Import > EDL Text File".

Times are milliseconds with four decimals. The picture is on track 1 and the sound on track 2, in step.
"""

from __future__ import annotations

from fractions import Fraction

from asdelivered.media.edit import CutList, events
from asdelivered.media.timecode import seconds_at

COLUMNS = (
    *("ID", "Track", "StartTime", "Length", "PlayRate", "Locked", "Normalized", "StretchMethod", "Looped"),
    *("OnRuler", "MediaType", "FileName", "Stream", "StreamStart", "StreamLength", "FadeTimeIn"),
    *("FadeTimeOut", "SustainGain", "CurveIn", "GainIn", "CurveOut", "GainOut", "Layer", "Color"),
    *("CurveInR", "CurveOutR", "PlayPitch", "LockPitch", "FirstChannel", "Channels"),
)
VIDEO = "0.0000; 0.0000; 1.000000; 4; 0.000000; 4; 0.000000; 0; -1; 4; 4; 0.000000; FALSE; 0; 0"
AUDIO = "0.0000; 0.0000; 1.000000; 2; 0.000000; -2; 0.000000; 0; -1; -2; 2; 0.000000; FALSE; 0; {channels}"
"""What follows the length in the recording: no fades, full level."""


def to_vegas(cuts: CutList) -> bytes:
    """Return the clips one after the other, in UTF-8."""
    source = cuts.source
    lines = [";".join(f'"{name}"' for name in COLUMNS)]
    kinds = [("AUDIO", AUDIO.format(channels=source.channels))]
    if source.size:
        kinds.insert(0, ("VIDEO", VIDEO))
    number = 0
    for track, (kind, ending) in enumerate(kinds, start=1):
        for event in events(cuts):
            number += 1
            record, length, start = (
                _milliseconds(seconds_at(frames, source.rate))
                for frames in (event.record_in, event.record_out - event.record_in, event.source_in)
            )
            lines.append(
                f"{number}; {track}; {record}; {length}; 1.000000; FALSE; FALSE; 0; TRUE; FALSE; {kind}; "
                f'"{source.path}"; 0; {start}; {length}; {ending}'
            )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _milliseconds(seconds: Fraction) -> str:
    return f"{float(seconds * 1000):.4f}"
