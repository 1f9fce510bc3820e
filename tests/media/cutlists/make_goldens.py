"""Write the golden cut-lists anew: run it after a change that is meant, and read what changed."""

from fractions import Fraction
from pathlib import Path

from asdelivered.media.cutlists import FORMATS
from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.timecode import FrameRate

GOLDENS = Path(__file__).parent / "goldens"
NTSC = Fraction(30_000, 1001)
SOURCE = EditSource(
    recording=Recording(
        path=Path("/recordings/town hall, Größe='50%'.mov"),
        duration=240_006,
        start_time=0,
        audio=AudioStream(1, "aac", 48_000, 2, None),
        video=VideoStream(0, "h264", 640, 360, NTSC, NTSC, Fraction(0)),
        timecode="01:00:00;00",
    ),
    rate=FrameRate(NTSC, drop=True),
    first=107_892,
    start=Fraction(0),
    frames=7193,
)
SAMPLE = CutList(
    "Quotes of the day",
    SOURCE,
    (
        Clip(
            "Rosa Balfour: “Time; to <shift> = now…”",
            4000 / NTSC,
            4222 / NTSC,
            "Rosa Balfour",
            "Time; to <shift> = now, & 7% more.",
            ("the cut falls in the middle of a sentence",),
        ),
        Clip("=HYPERLINK(1)", 100 / NTSC, 250 / NTSC, None, "=HYPERLINK(1)"),
        Clip("Mark | Rutte, 'ja'", 1799 / NTSC, 2222 / NTSC, "Mark | Rutte", "'ja' | nein # \\ yes"),
    ),
)


def main() -> None:
    """Write goldens/sample.* in every format but .aaf, which a library writes."""
    for known in FORMATS:
        if known.ending == ".aaf":
            continue
        (GOLDENS / f"sample{known.ending}").write_bytes(known.write(SAMPLE))


if __name__ == "__main__":
    main()
