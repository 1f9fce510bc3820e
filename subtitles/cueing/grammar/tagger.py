"""English, German and Dutch: the Hanover Tagger (Wartena 2019), a hidden Markov model over words and their parts.

It comes with its models, and tags ten thousand words a second.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from asdelivered.subtitles.cueing.grammar.hidden_markov import Tagger
from asdelivered.subtitles.cueing.grammar.word_class import Classes, WordClass, words_of

_MODELS = {"en": "morphmodel_en.pgz", "de": "morphmodel_ger.pgz", "nl": "morphmodel_dutch.pgz"}

LANGUAGES = frozenset(_MODELS)

_LEADING = re.compile(r"\W*")
_CLITIC = re.compile(r"(?<=\w)(n't|'(?:s|re|ve|ll|d|m))$", re.IGNORECASE)

_ENGLISH = {
    "AJ": WordClass.ADJECTIVE,
    "AT": WordClass.DETERMINER,
    "AV0": WordClass.ADVERB,
    "AVP": WordClass.PARTICLE,
    "AVQ": WordClass.SUBORDINATOR,
    "CJC": WordClass.CONJUNCTION,
    "CJ": WordClass.SUBORDINATOR,
    "CRD": WordClass.NUMBER,
    "ORD": WordClass.ADJECTIVE,
    "DPS": WordClass.DETERMINER,
    "DT0": WordClass.DETERMINER,
    "DTQ": WordClass.SUBORDINATOR,
    "EX": WordClass.PRONOUN,
    "NN": WordClass.NOUN,
    "NP": WordClass.NAME,
    "PNI": WordClass.NOUN,
    "PNP": WordClass.PRONOUN,
    "PNQ": WordClass.SUBORDINATOR,
    "PR": WordClass.PREPOSITION,
    "TO": WordClass.TO,
    "VVG": WordClass.GERUND,
    "VBG": WordClass.GERUND,
    "VDG": WordClass.GERUND,
    "VHG": WordClass.GERUND,
    # "done", which no other verb completes.
    "VDN": WordClass.PARTICIPLE,
    "VVN": WordClass.PARTICIPLE,
    "VVI": WordClass.INFINITIVE,
    "VV": WordClass.VERB,
    "V": WordClass.AUXILIARY,
    "XX": WordClass.NEGATION,
}
_GERMAN = {
    "ADJ(A)": WordClass.ADJECTIVE,
    "ADJ(D)": WordClass.ADVERB,
    "ADV": WordClass.ADVERB,
    "PROAV": WordClass.ADVERB,
    "APPR": WordClass.PREPOSITION,
    # "von Geburt an", "meiner Meinung nach"
    "APZR": WordClass.PARTICLE,
    "APPO": WordClass.PARTICLE,
    "ART": WordClass.DETERMINER,
    "CARD": WordClass.NUMBER,
    "KON": WordClass.CONJUNCTION,
    "KO": WordClass.SUBORDINATOR,
    "NE": WordClass.NAME,
    "NN": WordClass.NOUN,
    "PDAT": WordClass.DETERMINER,
    "PIAT": WordClass.DETERMINER,
    "PPOSAT": WordClass.DETERMINER,
    "PWAT": WordClass.DETERMINER,
    "PDS": WordClass.PRONOUN,
    "PIS": WordClass.NOUN,
    "PPER": WordClass.PRONOUN,
    "PRF": WordClass.OBJECT,
    "PREL": WordClass.SUBORDINATOR,
    "PW": WordClass.SUBORDINATOR,
    "PTKNEG": WordClass.NEGATION,
    "PTKVZ": WordClass.PARTICLE,
    "PTKZU": WordClass.TO,
    "VA(FIN)": WordClass.AUXILIARY,
    "VM(FIN)": WordClass.AUXILIARY,
    "VV(FIN)": WordClass.VERB,
    "VV(IMP)": WordClass.VERB,
    "VV(PP)": WordClass.PARTICIPLE,
    "VA(PP)": WordClass.PARTICIPLE,
    "VM(PP)": WordClass.PARTICIPLE,
    "V": WordClass.INFINITIVE,
}
_DUTCH = {
    "ADJ(prenom": WordClass.ADJECTIVE,
    "ADJ": WordClass.ADVERB,
    "BW": WordClass.ADVERB,
    "LID": WordClass.DETERMINER,
    "N(eigen": WordClass.NAME,
    "N(": WordClass.NOUN,
    "SPEC(deeleigen": WordClass.NAME,
    "TW": WordClass.NUMBER,
    "VG(neven": WordClass.CONJUNCTION,
    "VG(onder": WordClass.SUBORDINATOR,
    "VNW(pers": WordClass.PRONOUN,
    "VNW(refl": WordClass.OBJECT,
    "VNW(bez": WordClass.DETERMINER,
    "VNW(aanw,det": WordClass.DETERMINER,
    "VNW(onbep,det": WordClass.DETERMINER,
    "VNW(betr": WordClass.SUBORDINATOR,
    "VNW(vb": WordClass.SUBORDINATOR,
    "VNW": WordClass.PRONOUN,
    "VZ(fin": WordClass.PARTICLE,
    "VZ": WordClass.PREPOSITION,
    "WW(inf": WordClass.INFINITIVE,
    "WW(od": WordClass.GERUND,
    "WW(vd": WordClass.PARTICIPLE,
    "WW": WordClass.VERB,
}
_TAGS = {"en": _ENGLISH, "de": _GERMAN, "nl": _DUTCH}

# What the tag alone does not show.
_WORDS = {
    "en": {
        **dict.fromkeys(words_of("me us him them"), WordClass.OBJECT),
        **dict.fromkeys(words_of("not n't never hardly"), WordClass.NEGATION),
    },
    "de": {},
    "nl": {
        "te": WordClass.TO,
        "niet": WordClass.NEGATION,
        **dict.fromkeys(
            words_of(
                "ben bent is zijn was waren heb hebt heeft hebben had hadden word wordt worden werd werden "
                "zal zult zullen  zou zouden kan kunt kunnen kon konden moet moeten moest moesten mag mogen "
                "mocht mochten wil wilt willen  wilde wilden"
            ),
            WordClass.AUXILIARY,
        ),
    },
}


_LONGEST_WORD = 80
"""Letters of a word that the tagger sees. No language here has a longer one; a broken file may."""


def tag(sentence: Sequence[str], language: str) -> list[Classes]:
    """Return the classes of each word of a sentence, in a language of LANGUAGES. Punctuation may cling to words."""
    pieces: list[str] = []
    where: list[tuple[int, int]] = []
    for word in sentence:
        before, core, after = _parted(word.replace("’", "'").replace("´", "'"))
        parts = [part for part in _CLITIC.split(core) if part] if language == "en" else [core] if core else []
        # A dash on its own, or a full stop, shows the tagger where clauses end.
        pieces += [*before, *parts, *after]
        first = len(pieces) - len(after) - len(parts)
        where.append((first, first + len(parts)))
    if not pieces:
        return [(WordClass.OTHER, WordClass.OTHER)] * len(sentence)
    known = [
        _class(piece, tagged, language) for piece, tagged in zip(pieces, _tags(pieces, language), strict=True)
    ]
    return [
        (known[first], known[last - 1]) if last > first else (WordClass.OTHER, WordClass.OTHER)
        for first, last in where
    ]


def _parted(word: str) -> tuple[str, str, str]:
    """Return what stands before the first letter or digit of a word, the word itself, and what stands after it."""
    first = _leading(word)
    last = max(first, len(word) - _leading(word[::-1]))
    return word[:first], word[first:last], word[last:]


def _leading(word: str) -> int:
    found = _LEADING.match(word)
    return found.end() if found else 0


def _class(piece: str, tagged: str, language: str) -> WordClass:
    lower = piece.lower()
    if lower in _WORDS[language]:
        return _WORDS[language][lower]
    if piece.isdigit():
        return WordClass.NUMBER
    if language == "en" and lower.endswith(("self", "selves")) and tagged == "PNP":
        return WordClass.OBJECT
    for length in range(len(tagged), 0, -1):
        if tagged[:length] in _TAGS[language]:
            return _TAGS[language][tagged[:length]]
    return WordClass.OTHER


def _tags(pieces: list[str], language: str) -> list[str]:
    """Return the tag of each piece, without the lemma, which nobody here needs.

    The tagger's work grows with the square of a word's length, and the end of a word shows its class.
    """
    ends = [piece[-_LONGEST_WORD:] for piece in pieces]
    return [str(tag) for tag in _tagger(language).tag_sent(ends, taglevel=0)]


@functools.cache
def _tagger(language: str) -> Tagger:
    return Tagger(_MODELS[language])
