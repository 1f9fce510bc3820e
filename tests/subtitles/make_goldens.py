"""Write the golden captions anew: run it after a change that is meant, and read what changed."""

from pathlib import Path

from asdelivered.align.document_json import load
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.formats import WRITERS
from asdelivered.subtitles.write import write_captions

GOLDENS = Path(__file__).parent / "goldens"


def main() -> None:
    """Write goldens/sample.* in every format from goldens/sample.alignment.json."""
    made = cues(load(GOLDENS / "sample.alignment.json"))
    for name in WRITERS:
        write_captions(made, GOLDENS / f"sample.{name}", name)


if __name__ == "__main__":
    main()
