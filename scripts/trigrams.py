"""Write the letters and the commonest trigrams of each language: `python scripts/trigrams.py /usr/share/locale`.

They are counted in the translations of programs that a Linux system has installed. Their words are those of software,
but how a language spells its words shows there as well.
"""

from __future__ import annotations

import contextlib
import gettext
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.transcripts.languages.detection import COMMON_WORDS
from asdelivered.transcripts.languages.trigrams import trigrams_of

FOLDERS = {"no": ("nb", "nn"), "pt": ("pt", "pt_BR"), "sr": ("sr",), "en": ()}
"""Where a language's folders have other names than its code."""
KEPT = 600
RAREST = 1 / 2000
"""The share of its letters that the rarest letter of a language has."""
ENOUGH = 300_000
"""Characters."""
_NO_WORD = re.compile(r"%[-\d$.*]*\w+|<[^<>]*>|--?[\w-]+|\S*[/\\=@_{}]\S*|\b[A-Z]{2,}\b|\\n|&\w+;")
_SCRIPTS = {
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "bg": "CYRILLIC",
    "sr": "CYRILLIC",
    "mk": "CYRILLIC",
    "el": "GREEK",
}
_SCRIPTS |= {"ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC"}


def main(
    locales: Annotated[Path, typer.Argument(help="The folder with a folder of translations per language.")],
) -> None:
    """Print a row for each language: its code, its letters, its trigrams, the commonest first.

    "_" stands for the edge of a word.
    """
    for language in sorted(COMMON_WORDS):
        counts: Counter[str] = Counter()
        for text in _texts(locales, language):
            counts.update(
                trigram
                for trigram in trigrams_of(_NO_WORD.sub(" ", text))
                if _is_of(trigram, _SCRIPTS.get(language, "LATIN"))
            )
        letters: Counter[str] = Counter()
        for trigram, count in counts.items():
            letters[trigram[1]] += count
        own = sorted(letter for letter, count in letters.items() if count >= RAREST * letters.total())
        print(language, "".join(own), *(trigram for trigram, _ in counts.most_common(KEPT)))


def _texts(locales: Path, language: str) -> set[str]:
    """Return the translations into a language, each once; for English what is translated into German."""
    english = language == "en"
    texts: set[str] = set()
    for folder in ("de",) if english else FOLDERS.get(language, (language,)):
        for file in sorted((locales / folder / "LC_MESSAGES").glob("*.mo")):
            catalogue: dict[str | tuple[str, int], str] = {}
            with contextlib.suppress(UnicodeDecodeError, OSError), file.open("rb") as stream:
                catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
            for original, translated in catalogue.items():
                shown = original[0] if isinstance(original, tuple) else original
                if original and shown != translated:
                    texts.add(shown.rpartition("\x04")[2] if english else translated)
            if sum(map(len, texts)) > ENOUGH:
                return texts
    return texts


def _is_of(trigram: str, script: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(script) for letter in trigram.strip("_"))


if __name__ == "__main__":
    typer.run(main)
