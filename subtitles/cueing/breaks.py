"""Where text may break, between lines and between cues.

The order of preference is the one that the guides agree on (Netflix, Timed Text Style Guide: General Requirements,
Line Treatment; BBC Subtitle Guidelines 3.4 and 3.9; Karamitroglou 1998, "A proposed set of subtitling standards in
Europe"): at the end of a sentence, after other punctuation, between clauses, between phrases; and never between an
article and its noun, a preposition and its phrase, a title and a name, a first and a last name, an auxiliary and its
verb, a number and what it counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from enum import IntEnum

from asdelivered.subtitles.cueing.grammar import tagger, thai, word_lists
from asdelivered.subtitles.cueing.grammar.word_class import (
    FINITE,
    NOMINAL,
    VERBAL,
    Classes,
    WordClass,
    words_of,
)
from asdelivered.subtitles.cueing.phrases import HIRAGANA, KATAKANA, SOUTH_EAST, SYLLABIC


class Break(IntEnum):
    """How good a place to break is, the best first."""

    SENTENCE = 0
    """A sentence ends."""
    CLAUSE_MARK = 1
    """A comma, a colon, a dash."""
    CLAUSE = 2
    """A clause begins, without a mark before it."""
    PHRASE = 3
    """A phrase begins: a preposition, the predicate after its subject, "and" in a list."""
    WORD = 4
    """Nothing speaks for a break here, and nothing much against it."""
    BOUND = 5
    """The words belong together: an adjective and its noun, a noun and another, a verb and its object pronoun."""
    GRADED = 6
    """A word that grades the next one: "more frequent"."""
    TIED = 7
    """A word that leans on the next: article, preposition, conjunction, auxiliary, subject, number; or a name."""


_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥։።។။]['\"’”»)\]」』）]*$")
_CLAUSE_END = re.compile(r"([,;:!?…)\]，、；：」』）،؛፣၊][\"'’”»]*|[-–—])$")
_MARKS = "。，、！？；：」』）"
_OPENING = re.compile(r"^[\"'‘“«(\[]")
_DASHES = frozenset({"-", "–", "—", "--"})
_INITIAL = re.compile(r"^\W*(\w\.)+$")
_NUMBER = re.compile(r"\d\W*$")

_TITLES = words_of(
    "mr. mrs. ms. dr. prof. st. gen. sen. rep. gov. lt. col. vs. no. hr. fr. m. mme. mlle. dhr. mevr. sr. sra. dott."
)
_BARE_TITLES = words_of("Mr Mrs Ms Dr Mme Mmes Mlle Mgr Sr Sra Dra")
"""Titles without a full stop, as in British English and French."""
_ABBREVIATIONS = _TITLES | words_of(
    "e.g. i.e. etc. jan. feb. aug. sept. oct. nov. dec. z.b. d.h. bzw. usw. ca. bijv. p.ex. nr. art."
)

_LAST_OF_A_LIST = words_of("etc. usw. enz. ecc. itd. itp.")
"""Abbreviations that end a sentence where the next word has a capital."""

# Verbs and adjectives that an infinitive completes: "want to go", "able to go" are one thing.
_TAKES_INFINITIVE = words_of(
    "want wants wanted have has had having going need needs needed able like likes going try tries tried trying "
    "start starts started begin begins began continue continues continued used ought willing ready about order"
)


def break_levels(words: Sequence[str], language: str, glued: Sequence[bool] = ()) -> list[Break]:
    """Return how good a break is after each word but the last: one item fewer than `words`.

    `language` is an ISO 639-1 code. In an unknown language only the punctuation counts. `glued` says which words follow
    the one before without a blank; in scripts without blanks between words, a blank ends a clause, and the syllables of
    a script that has no segmenter belong together.
    """
    if len(words) < 2:
        return []
    code = language.lower().split("-")[0]
    classes = word_classes(tuple(words), code)
    levels = []
    for at, word in enumerate(words[:-1]):
        level = _mark(word, words[at + 1])
        if level is None and glued:
            level = _unspaced(word, words[at + 1], glued[at + 1])
        if level is None and code == "th" and (join := thai.join_at(words, at)) is not None:
            level = _THAI[join]
        levels.append(_level(words, classes, at, code in _VERB_SECOND) if level is None else level)
    return levels


def _unspaced(word: str, following: str, glued: bool) -> Break | None:
    """Return how good a break is between parts of a text without blanks between words; None where that says nothing."""
    if glued:
        syllables = SYLLABIC.match(following) is not None and not word.endswith("\u200b")
        # What is written in hiragana mostly goes on with the phrase before it: "出ません | でした".
        loan_word = KATAKANA.match(word[-1:]) is not None and KATAKANA.match(following) is not None
        # Two characters that stand alone are mostly one word of Chinese that was not known.
        alone = len(word) == len(following.rstrip(_MARKS)) == 1
        return Break.BOUND if syllables or loan_word or alone or HIRAGANA.match(following) else None
    blank_between = SOUTH_EAST.search(word[-1:]) and SOUTH_EAST.match(following)
    return Break.CLAUSE if blank_between else None


@functools.lru_cache(maxsize=1 << 12)
def word_classes(words: tuple[str, ...], language: str) -> tuple[Classes, ...]:
    """Return the class of each word, tagged sentence by sentence."""
    if language not in tagger.LANGUAGES:
        return tuple(word_lists.look_up(words, language))
    classes: list[Classes] = []
    for at in range(len(words)):
        if at == len(words) - 1 or _mark(words[at], words[at + 1]) is Break.SENTENCE:
            classes += tagger.tag(words[len(classes) : at + 1], language)
    return tuple(classes)


def _mark(word: str, following: str) -> Break | None:
    """Return the level that the punctuation after a word gives; None without punctuation."""
    if following in _DASHES:
        return Break.BOUND
    if _SENTENCE_END.search(word):
        if (
            word.lower() not in _ABBREVIATIONS - _LAST_OF_A_LIST
            and _INITIAL.match(word) is None
            and not following[:1].islower()
        ):
            return Break.SENTENCE
        if not word.endswith("."):
            return Break.CLAUSE_MARK
        return None
    return Break.CLAUSE_MARK if _CLAUSE_END.search(word) else None


_THAI = {thai.Join.CLAUSE_END: Break.CLAUSE, thai.Join.BOUND: Break.BOUND}

_VERB_SECOND = frozenset({"de", "nl"})
"""Languages whose finite verb has anything before it, and its subject or the rest of the sentence after it."""


def _level(words: Sequence[str], classes: Sequence[Classes], at: int, verb_second: bool) -> Break:
    """Return how good a break after words[at] is, where no punctuation stands."""
    here, there = classes[at][1], classes[at + 1][0]
    word, following = (
        words[at].lower().strip("\"'‘’“”«»([.,"),
        words[at + 1].lower().strip("\"'‘’“”«»([.,;:!?…)"),
    )
    if words[at].lower() in _TITLES or words[at] in _BARE_TITLES:
        return Break.TIED
    if (_NUMBER.search(words[at]) or here is WordClass.NUMBER) and there in _COUNTED:
        # "a 1,000 | nuclear weapons": less firm than a number and what it counts.
        return Break.BOUND if there is WordClass.ADJECTIVE else Break.TIED
    adverb = there is WordClass.ADVERB and following.endswith("ly")
    if word in _GRADING and (there is WordClass.ADJECTIVE or adverb):
        return Break.GRADED
    if here is WordClass.PRENOMINAL and there in _COUNTED:
        return Break.BOUND
    if _PARTITIVE.match(following) and (word in _COMPARED or word in _AMOUNTS):
        return Break.BOUND  # "menos | de seis meses", "400 millones | de euros"
    if there is WordClass.CLITIC and here in _COUNTED:
        return Break.PHRASE  # "ceux | ne nous pardonneraient"
    if following in _SINCE and here is WordClass.NOUN:
        return Break.BOUND
    if here is WordClass.OTHER and there is WordClass.ADJECTIVE:
        return Break.BOUND  # "la commission | européenne", in a language whose nouns are not known
    if verb_second and here in FINITE and there is WordClass.PRONOUN:
        return Break.BOUND  # "erforschte | er"
    if verb_second and here in NOMINAL and there in (WordClass.PARTICIPLE, WordClass.INFINITIVE):
        return Break.BOUND  # "den Spielbetrieb | eingestellt"
    if verb_second and here is WordClass.ADVERB and there in FINITE:
        return Break.WORD  # "Zwei Tage später | war es vorbei."
    if verb_second and here is WordClass.AUXILIARY and there in _COMPLEMENTS:
        return Break.BOUND  # "war | lange Zeit umstritten"
    bond = _bond(here, there, word)
    if bond is not None:
        return bond
    if there is WordClass.SUBORDINATOR:
        return _before_subordinator(classes, at, word, following)
    if there is WordClass.CONJUNCTION:
        return Break.CLAUSE if _opens_clause(classes, words, at + 2) else Break.PHRASE
    if there is WordClass.TO:
        if word in _QUESTIONS:
            return Break.TIED  # "how | to share that"
        return Break.WORD if here in FINITE or word in _TAKES_INFINITIVE else Break.CLAUSE
    if there is WordClass.PRONOUN and (classes[at + 1][1] in FINITE or _finite_from(classes, at + 2)):
        return Break.CLAUSE  # "the capabilities | they provide"
    if there is WordClass.GERUND and here in NOMINAL:
        return Break.CLAUSE  # "citizens | living in ..."
    if there is WordClass.PREPOSITION:
        if at + 2 < len(words) and classes[at + 2][0] is WordClass.GERUND and following != "of":
            return Break.CLAUSE  # "for organising this event"
        return Break.WORD if following in ("of", "de", "di", "von", "van") else Break.PHRASE
    if here in NOMINAL and (there in FINITE or there is WordClass.PARTICIPLE):
        return Break.PHRASE
    if _OPENING.match(words[at + 1]):
        return Break.PHRASE
    if here is WordClass.OTHER is there and words[at][:1].isupper() and words[at + 1][:1].isupper():
        return Break.TIED  # a name, in a language without a tagger
    return Break.WORD


_LEANS_ON_THE_NEXT = frozenset(
    {
        WordClass.DETERMINER,
        WordClass.PREPOSITION,
        WordClass.CONJUNCTION,
        WordClass.SUBORDINATOR,
        WordClass.TO,
        WordClass.NEGATION,
        WordClass.CLITIC,
    }
)
_LEANS_ON_THE_LAST = frozenset({WordClass.OBJECT, WordClass.PARTICLE, WordClass.NEGATION})
_NOUN_PHRASE = frozenset({WordClass.ADJECTIVE, WordClass.NOUN, WordClass.NAME, WordClass.NUMBER})
_COMPLEMENTS = _NOUN_PHRASE | {WordClass.DETERMINER, WordClass.PREPOSITION}
"""What begins the middle of a German or Dutch sentence, between its finite verb and the rest of its predicate."""
_COUNTED = _NOUN_PHRASE | {WordClass.OTHER}
"""What a number may count."""
_DEGREES = words_of("so too as zu te zo")
"""Adverbs that do nothing but grade the next word."""
_GRADING = words_of("more most less least mehr weniger meer minder")
"""Words that make the next one a comparative or a superlative."""
_SINCE = words_of("ago later earlier später früher zuvor lang geleden eerder lang")
"""Adverbs that belong to the time before them: "three years | ago"."""
_PARTITIVE = re.compile("d[ei]$|d['’]")
_COMPARED = words_of("plus moins más menos più meno mais davantage")
"""Words that compare an amount, which "de" or "di" follows."""
_AMOUNTS = words_of(
    "million millions milliard milliards millier milliers millón millones milione milioni miliardo miliardi milhão "
    "milhões bilhão bilhões"
)
"""What counts a noun that "de" or "di" goes before."""
_ANTECEDENTS = words_of("those all many some any most few such both")
"""Determiners that a clause of its own may follow."""
_QUESTIONS = words_of("how when where what which whether who why")
_NOMINATIVE = words_of("i we they he she who je tu il ils on")
"""Pronouns that are nothing but subjects."""


def _bond(here: WordClass, there: WordClass, word: str) -> Break | None:
    """Return how firmly two words belong together by their classes; None where they don't."""
    if here is WordClass.DETERMINER and there is WordClass.SUBORDINATOR:
        return None if word in _ANTECEDENTS else Break.BOUND  # "those | who", but "is this | how"
    if here is WordClass.DETERMINER and there is WordClass.PREPOSITION:
        return Break.BOUND  # "many | of you"
    if here in _LEANS_ON_THE_NEXT:
        return Break.TIED
    if here is WordClass.AUXILIARY:
        return Break.BOUND if there in (WordClass.SUBORDINATOR, WordClass.CONJUNCTION) else Break.TIED
    if here is WordClass.PRONOUN:
        return Break.TIED if word in _NOMINATIVE else _after_pronoun(there)
    if there in _LEANS_ON_THE_LAST:
        return Break.BOUND
    if here is WordClass.ADVERB:
        if word in _DEGREES and there not in (WordClass.SUBORDINATOR, WordClass.CONJUNCTION, WordClass.TO):
            return Break.TIED
        together = there in (WordClass.ADJECTIVE, WordClass.ADVERB) or there in VERBAL
        return Break.BOUND if together else None
    if here is WordClass.ADJECTIVE:
        return Break.BOUND if there in _NOUN_PHRASE else None
    if here is WordClass.NAME is there:
        return Break.TIED  # "Mark Rutte"
    # "defence industry"
    nouns = here in (WordClass.NOUN, WordClass.NAME) and there in (WordClass.NOUN, WordClass.NAME)
    return Break.BOUND if nouns else None


def _after_pronoun(there: WordClass) -> Break | None:
    """Return how firmly a personal pronoun holds the next word: as its subject, or as the object of a verb before."""
    if there in FINITE or there in (WordClass.ADVERB, WordClass.NEGATION, WordClass.CLITIC, WordClass.OTHER):
        return Break.TIED
    loose = (WordClass.SUBORDINATOR, WordClass.CONJUNCTION, WordClass.PREPOSITION, WordClass.PRONOUN)
    return None if there in loose else Break.BOUND


def _before_subordinator(classes: Sequence[Classes], at: int, word: str, following: str) -> Break:
    if word in ("so", "as", "even", "just", "than", "such", "or", "and", "more"):
        return Break.BOUND  # "so that", "even if", "and when"
    if (word, following) == ("now", "that"):
        return Break.BOUND
    if following in ("than", "as", "wie", "als") and classes[at][1] in (
        WordClass.ADJECTIVE,
        WordClass.ADVERB,
    ):
        return Break.WORD  # "quicker than"
    return Break.CLAUSE


def _opens_clause(classes: Sequence[Classes], words: Sequence[str], at: int) -> bool:
    """Whether a clause, or a predicate of its own, begins at words[at], after an "and"."""
    for distance, index in enumerate(range(at, min(at + 9, len(words)))):
        kind = classes[index][0]
        if distance == 0 and kind in (WordClass.PRONOUN, WordClass.SUBORDINATOR, WordClass.TO):
            return True
        if kind in FINITE or classes[index][1] in FINITE:
            return True
        if distance == 0 and kind in (WordClass.INFINITIVE, WordClass.GERUND, WordClass.PARTICIPLE):
            return True
        if kind in (WordClass.CONJUNCTION, WordClass.SUBORDINATOR, WordClass.TO):
            return False
        if index + 1 < len(words) and _mark(words[index], words[index + 1]) is not None:
            return False
    return False


def _finite_from(classes: Sequence[Classes], at: int) -> bool:
    """Whether a finite verb stands at `at`, or after an adverb there."""
    kinds = [first for first, _ in classes[at : at + 2]]
    return kinds[:1] != [] and (
        kinds[0] in FINITE or (kinds[0] is WordClass.ADVERB and kinds[1:] != [] and kinds[1] in FINITE)
    )
