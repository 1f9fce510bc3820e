"""The lexicon: how each word sounds, in phones of the acoustic model.

US English words are looked up in the CMU pronouncing dictionary that lies beside the acoustic model; what it lacks,
mostly names, is transcribed by espeak-ng, and its IPA mapped to the model's phones.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from asdelivered.align.acoustic.model_files import model_files
from asdelivered.align.errors import AlignError
from asdelivered.transcripts.spoken.unspaced import HAN

Phones = tuple[str, ...]

_IPA_MODE = 0x02
_UTF8 = 1
_SYNCHRONOUS = 0x02

# The nearest phone of the model (ARPAbet) for each IPA symbol, the longest symbols first when matching.
_ARPABET: dict[str, Phones] = {
    "aɪ": ("AY",), "aʊ": ("AW",), "eɪ": ("EY",), "oʊ": ("OW",), "əʊ": ("OW",), "ɔɪ": ("OY",), "ɔø": ("OY",),
    "ɔʏ": ("OY",), "dʒ": ("JH",), "tʃ": ("CH",), "tɕ": ("CH",), "dʑ": ("JH",), "ts": ("T", "S"), "pf": ("P", "F"),
    "ɪə": ("IY", "AH"), "eə": ("EH", "R"), "ʊə": ("UH", "R"), "ɑːɹ": ("AA", "R"), "oːɹ": ("AO", "R"),
    "ɔːɹ": ("AO", "R"), "ɜː": ("ER",), "ɚ": ("ER",), "ɝ": ("ER",), "əl": ("AH", "L"),
    "a": ("AA",), "ɑ": ("AA",), "ɐ": ("AH",), "æ": ("AE",), "ʌ": ("AH",), "ə": ("AH",), "ɔ": ("AO",),
    "ɒ": ("AA",), "o": ("OW",), "e": ("EY",), "ɛ": ("EH",), "ɜ": ("ER",), "i": ("IY",), "ɪ": ("IH",),
    "ᵻ": ("IH",), "ɨ": ("IH",), "ɯ": ("UW",), "u": ("UW",), "ʊ": ("UH",), "ʉ": ("UW",), "y": ("UW",),
    "ʏ": ("UH",), "ø": ("ER",), "œ": ("ER",), "ɤ": ("AH",), "b": ("B",), "β": ("V",), "c": ("K",),
    "ç": ("HH",), "d": ("D",), "ɖ": ("D",), "ð": ("DH",), "f": ("F",), "ɸ": ("F",), "ɡ": ("G",), "g": ("G",),
    "ɣ": ("G",), "h": ("HH",), "ɦ": ("HH",), "j": ("Y",), "ʝ": ("Y",), "ɟ": ("G",), "k": ("K",), "l": ("L",),
    "ɫ": ("L",), "ʎ": ("L", "Y"), "ɬ": ("L",), "m": ("M",), "n": ("N",), "ɲ": ("N", "Y"), "ŋ": ("NG",), "ɴ": ("N",),
    "p": ("P",), "q": ("K",), "r": ("R",), "ɹ": ("R",), "ɾ": ("D",), "ʁ": ("R",), "ʀ": ("R",), "s": ("S",),
    "ʂ": ("SH",), "ʃ": ("SH",), "ɕ": ("SH",), "t": ("T",), "ʈ": ("T",), "θ": ("TH",), "v": ("V",), "ʋ": ("V",),
    "w": ("W",), "x": ("HH",), "χ": ("HH",), "z": ("Z",), "ʐ": ("ZH",), "ʒ": ("ZH",), "ʑ": ("ZH",),
}  # fmt: skip
_SYMBOLS = re.compile("|".join(sorted(map(re.escape, _ARPABET), key=len, reverse=True)))


_VOICES = {"en": "en-us", "no": "nb", "nn": "nb", "zh": "cmn"}
"""espeak-ng's names of languages, where they differ from ISO 639-1."""
_HAN = re.compile(f"[{HAN}]+")
_TONAL = frozenset({"th", "vi", "yue", "zh"})
"""Languages in whose IPA espeak-ng marks tones, one as if it were a vowel, and aspiration as if it were a sound."""


def pronounce(words: Iterable[str], language: str) -> dict[str, tuple[Phones, ...]]:
    """Return the ways to say each of `words` (lower case), likeliest first.

    A word that nothing can pronounce is missing from the result. Raises AlignError for a language that espeak-ng
    does not speak.
    """
    wanted = set(words)
    known = _dictionary(frozenset(wanted)) if language == "en" else {}
    unknown = sorted(wanted - known.keys())
    spelt = _japanese(unknown) if language == "ja" else _spelt(unknown, language)
    return known | {word: (phones,) for word, phones in spelt.items() if phones}


def _dictionary(wanted: frozenset[str]) -> dict[str, tuple[Phones, ...]]:
    found: dict[str, list[Phones]] = {}
    with model_files().dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            entry, *phones = line.split()
            word = entry.partition("(")[0]
            if word in wanted:
                found.setdefault(word, []).append(tuple(phones))
    return {word: tuple(ways) for word, ways in found.items()}


def _spelt(words: Iterable[str], language: str) -> dict[str, Phones]:
    """Return how espeak-ng says words in a language."""
    wanted = sorted(words)
    library = espeak(language) if wanted else None
    if library is None:
        return {}
    return {word: _phones(_ipa(word, library), tonal=language in _TONAL) for word in wanted}


def _japanese(words: Iterable[str]) -> dict[str, Phones]:
    """Return how words in Japanese sound, roughly: espeak-ng reads kana, and of Han characters only the Chinese ways.

    Where a character came with its Chinese word, as most of official language did, these are near; a syllable for each
    is about as long as it is in any case.
    """
    pieces = {word: [*re.finditer(f"[{HAN}]+|[^{HAN}]+", word)] for word in words}
    han, kana = (
        {piece[0] for found in pieces.values() for piece in found if bool(_HAN.match(piece[0])) is chinese}
        for chinese in (True, False)
    )
    sounds = _spelt(han, "zh") | _spelt(kana, "ja")
    return {
        word: tuple(phone for piece in found for phone in sounds[piece[0]]) for word, found in pieces.items()
    }


def _phones(ipa: str, tonal: bool) -> Phones:
    if tonal:
        ipa = re.sub("ɜ|(?<=[ptkcɕʂs.])h", "", ipa)
    # What espeak-ng can't read it names in English: "Chinese letter".
    ipa = re.sub(r"\(en\)(?:tʃˈaɪniːz|dʒˈapəniːz)(?:\([a-z]+\))?[^( ]*", "", ipa)
    # A language switch is written "(en)...(de)"; stress and length marks and tones have no phone of their own.
    bare = re.sub(r"\([^)]*\)", "", ipa)
    bare = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c) or c == "̧")
    bare = unicodedata.normalize("NFC", re.sub("[ˈˌ]", "", bare))
    return tuple(phone for match in _SYMBOLS.finditer(bare) for phone in _ARPABET[match.group()])


@cache
def _library() -> ctypes.CDLL:
    import espeakng_loader

    library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    data = str(espeakng_loader.get_data_path()).encode()
    if library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0) < 0:
        raise AlignError("espeak-ng could not be started: reinstall the espeakng-loader package")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library


def espeak(language: str) -> ctypes.CDLL:
    """Return the espeak-ng library with its voice set to `language`; there is one voice at a time in the process."""
    library = _library()
    voice = _VOICES.get(language, language)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise AlignError(
            f"espeak-ng speaks no language {language!r}: give --language as a code such as en or de"
        )
    return library


def _ipa(word: str, library: ctypes.CDLL) -> str:
    text = ctypes.c_char_p(word.encode())
    result = library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA_MODE)
    return str(result.decode()) if result else ""
