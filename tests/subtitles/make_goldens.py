"""Write the golden captions anew: run it after a change that is meant, and read what changed."""

from dataclasses import replace
from pathlib import Path

from asdelivered.align.document.alignment_json import load
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.style_file import named_style
from asdelivered.subtitles.write import write_captions

GOLDENS = Path(__file__).parent / "goldens"
NARROW = {"scc": "dcmp", "stl": "bbc"}
"""Formats of narrow lines, and the style for each: the sample's address, a word of 60 letters, is left out of them."""


def sample(name: str) -> Captions:
    """Return the captions of goldens/sample.alignment.json for a format."""
    alignment = load(GOLDENS / "sample.alignment.json")
    if name in NARROW:
        lines = tuple(line for line in alignment.lines if all(len(word.text) <= 32 for word in line.words))
        alignment = replace(alignment, lines=lines)
    return replace(captions_of(alignment, named_style(NARROW.get(name, "netflix"))), title="A sample")


def main() -> None:
    """Write goldens/sample.* in every format."""
    for name, form in FORMATS.items():
        if name == "docx":  # whose bytes depend on the zip library
            continue
        write_captions(sample(name), GOLDENS / f"sample{form.extension}", name)


if __name__ == "__main__":
    main()
