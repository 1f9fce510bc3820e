"""Have espeak-ng read pages in many languages aloud, so that each language has a recording with exact times.

    python benchmarks/make_languages.py OUT [LANGUAGE ...]
    python benchmarks/accuracy.py OUT

The pages come from tests/transcripts. espeak-ng reads their lines as they are written, numbers and all, and noise is
added. OUT/lang-CODE.opus, .txt and .truth.json have the form that accuracy.py reads. espeak-ng sounds like a machine,
and the program uses espeak-ng's pronunciations too. So the result shows that a language works, and which spoken forms
differ, but real speech will give lower figures.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from make_variants import RATE, Variant, levelled, tone, treat, write

from asdelivered.align.engines.aeneas import read_aloud
from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.read import read_transcript

PAGES = Path(__file__).resolve().parent.parent / "tests" / "transcripts" / "pages"
LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt")
LOUD = 60
"""Speech begins and ends with 16-bit samples louder than this."""


def make(language: str, out: Path) -> None:
    """Write the recording, the transcript and the truth of all pages of a language."""
    read = [read_transcript(page) for page in sorted(PAGES.iterdir())]
    pages = [page for page in read if page.language == language]
    chance = np.random.default_rng(1)
    pieces = [tone(chance, 1.0)]
    at = len(pieces[0])
    lines: list[dict[str, Any]] = []
    for line in (line for page in pages for turn in page.turns for line in turn.lines):
        words = [token.text for token in line.tokens if token.kind is TokenKind.WORD]
        sound, _ = read_aloud(language, [words] if words else [])
        loud = np.flatnonzero(np.abs(sound) > LOUD)
        if not len(loud):
            continue
        sound = sound[loud[0] : loud[-1] + 1]
        pause = tone(chance, chance.uniform(0.2, 1.2))
        pieces += [levelled(sound.astype(np.float64)), pause]
        times = {"start": at / RATE, "end": (at + len(sound)) / RATE}
        lines.append({"speaker": "", "text": line.text, "spoken": True, "sentences": []} | times)
        at += len(sound) + len(pause)
    sound = treat(np.concatenate(pieces), Variant((), noise=25), chance)
    write(out / f"lang-{language}.opus", sound)
    (out / f"lang-{language}.txt").write_text("".join(f"{line['text']}\n\n" for line in lines))
    about = {"unscripted": [], "sounds": [], "duration": len(sound) / RATE, "about": {"language": language}}
    (out / f"lang-{language}.truth.json").write_text(json.dumps({"lines": lines} | about, indent=1))


def main(
    out: Annotated[Path, typer.Argument(help="The folder to write to; made if it is missing.")],
    languages: Annotated[
        list[str] | None, typer.Argument(help="Codes of languages; all if none is named.")
    ] = None,
) -> None:
    """Have pages in many languages read aloud."""
    out.mkdir(parents=True, exist_ok=True)
    for language in languages or LANGUAGES:
        make(language, out)
        typer.echo(out / f"lang-{language}.opus")


if __name__ == "__main__":
    typer.run(main)
