"""Signs in a plainer form: never a letter, and nothing where there is none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.formats.plain_signs import plain_forms
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.write import refitted


@pytest.mark.parametrize(
    ("sign", "forms"),
    [
        ("€", ("EUR",)),
        ("–", ("-",)),
        ("\N{HEBREW PUNCTUATION MAQAF}", ("-",)),
        ("„", ('"',)),
        ("«", ('"',)),
        ("…", ("...",)),
        ("♫", ("♪", "#")),
        ("\N{NARROW NO-BREAK SPACE}", ("\u00a0", " ")),
        ("\N{THIN SPACE}", (" ",)),
        ("\N{SOFT HYPHEN}", ("",)),
        ("\N{RIGHT-TO-LEFT MARK}", ("",)),
        ("\N{ARABIC-INDIC DIGIT FOUR}", ("4",)),
        ("№", ("No",)),
        # "S 5" is no section 5, and a name in colons is no picture.
        ("§", ()),
        ("👩", ()),
    ],
)
def test_signs_have_plain_forms(sign: str, forms: tuple[str, ...]) -> None:
    assert plain_forms(sign) == forms


@given(st.characters(categories=["L", "M"]))
def test_letters_and_accents_have_none(letter: str) -> None:
    assert plain_forms(letter) == ()


def one(text: str) -> Captions:
    return Captions((Cue(TimeSpan(5000, 9000), None, (text,)),), "en")


def read_back(name: str, captions: Captions) -> list[str]:
    form = FORMATS[name]
    assert form.read is not None
    cues = form.read(form.write(captions)).cues
    return [unicodedata.normalize("NFC", line) for cue in cues for line in cue.lines]


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        # A sign alone chooses no table of another script, which would lack the letters.
        ("stl", "Müller zahlt 5 € – „gern“", "Müller zahlt 5 EUR — “gern“"),
        ("stl", "“№ 5” стоит 20 €", '"№ 5" стоит 20 EUR'),
        ("stl", "בית־ספר של ד״ר שָׁלוֹם", 'בית-ספר של ד"ר שלום'),
        ("stl", "مَرْحَبًا ٢٠٢٤", "مَرْحَبًا 2024"),
        ("stl", "Știința țării", "Ştiinţa ţării"),
        ("stl", "♫ La la ♪", "♪ La la ♪"),
        ("stl", "soft\u00adhyphen, zero\u200bwidth", "softhyphen, zerowidth"),
        ("scc", "Ça coûte 5\u202f€ ‑ ♫", "Ça coûte 5 EUR - ♪"),
        ("scc", "zero\u200bwidth ‹x› ≤ 5", "zerowidth 'x' <= 5"),
    ],
)
def test_what_a_broadcast_format_lacks_is_written_plainly(name: str, text: str, shown: str) -> None:
    assert read_back(name, one(text)) == [shown]


def test_points_of_vowels_do_not_widen_a_line_of_stl() -> None:
    text = "مَرْحَبًا " * 6
    assert len(text) > 40
    assert read_back("stl", one(text.strip())) == [text.strip()]


def test_a_line_that_grows_in_the_characters_of_a_format_is_laid_out_anew() -> None:
    text = "It costs €9 … and then £8 more …"
    assert len(text) == FORMATS["scc"].line_length
    made, note = refitted(one(text), FORMATS["scc"])
    assert note == "1 caption laid out anew for lines of 32 characters"
    lines = read_back("scc", made)
    assert len(lines) == 2
    assert " ".join(lines) == "It costs EUR9 ... and then £8 more ..."
