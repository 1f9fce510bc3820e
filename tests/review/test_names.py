"""The names of formats and styles in the pages: each is in the catalogue, or the same in all languages."""

import re
from pathlib import Path

import pytest

from asdelivered.media import cutlists
from asdelivered.subtitles import formats as captions
from asdelivered.subtitles.style_file import named_style, style_names
from asdelivered.transcripts import formats as transcripts

SCRIPT = Path(__file__).resolve().parents[2] / "review" / "page" / "names.js"
ENTRY = re.compile(r'^  "(?P<name>[^"]+)": \{ de: "(?P<de>[^"]+)", fr: "(?P<fr>[^"]+)" \},$', re.MULTILINE)
NAMES = {found["name"]: (found["de"], found["fr"]) for found in ENTRY.finditer(SCRIPT.read_text("utf-8"))}
PROPER = {
    *(
        "OpenTimelineIO",
        "Final Cut Pro XML",
        "SubRip",
        "WebVTT",
        "TTML, IMSC 1.1 Text",
        "EBU-TT-D",
        "EBU STL",
    ),
    *("iTunes Timed Text", "Advanced SubStation Alpha", "Scenarist (CEA-608)", "LRC", "Podcasting 2.0 JSON"),
    *("Praat TextGrid", "EXMARaLDA Basic Transcription", "Markdown", "YouTube", "DCMP Captioning Key"),
    *("BBC Subtitle Guidelines", "Untertitel-Standards von ARD, ORF, SRF, ZDF"),
}
"""Names that nobody translates."""
SHOWN = {
    *(known.name for known in cutlists.FORMATS),
    *(known.title for known in captions.FORMATS.values()),
    *(known.name for known in transcripts.FORMATS.values()),
    *(named_style(name).title for name in style_names()),
}
LANGUAGES = ("de", "en", "fr", "ja", "pt-BR", "uk", "zh-Hans")


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_each_name_is_there_or_a_proper_name(name: str) -> None:
    assert name in NAMES or name in PROPER


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_styles_of_a_language_have_their_names_without_it(language: str) -> None:
    for style in map(named_style, style_names()):
        title = style.in_language(language).title
        assert re.sub(r"^([^,]+), [^,]+, ", r"\1, ", title) in SHOWN or title in SHOWN


def test_no_name_is_there_that_is_not_shown() -> None:
    entries = [line for line in SCRIPT.read_text("utf-8").splitlines() if line.startswith('  "')]
    assert len(NAMES) == len(entries)
    assert {*NAMES} | PROPER <= SHOWN
