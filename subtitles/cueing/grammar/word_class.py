"""The classes of words that govern where a line may end, the same for every language."""

from __future__ import annotations

from enum import Enum, auto


class WordClass(Enum):
    """What a word is in its sentence."""

    DETERMINER = auto()
    """Articles, possessives, demonstratives: the, our, this."""
    ADJECTIVE = auto()
    PRENOMINAL = auto()
    """An adjective that stands before its noun where others follow it: (une) grande (maison)."""
    NOUN = auto()
    NAME = auto()
    NUMBER = auto()
    PRONOUN = auto()
    """A personal pronoun that may be a subject: we."""
    OBJECT = auto()
    """A pronoun that cannot be a subject: us, ourselves."""
    CLITIC = auto()
    """A pronoun or a negation that stands before its verb and leans on it: (je) te (vois), (je) ne (vois)."""
    AUXILIARY = auto()
    """Forms of be, have, do and the modal verbs."""
    VERB = auto()
    """A finite verb."""
    INFINITIVE = auto()
    GERUND = auto()
    """The -ing form and its like."""
    PARTICIPLE = auto()
    TO = auto()
    """The mark of an infinitive: to, zu."""
    PARTICLE = auto()
    """The second part of a verb: (carry) out."""
    NEGATION = auto()
    ADVERB = auto()
    PREPOSITION = auto()
    CONJUNCTION = auto()
    """One that coordinates: and."""
    SUBORDINATOR = auto()
    """One that opens a clause: because, that, who, where."""
    OTHER = auto()
    """Anything else, and unknown words."""


NOMINAL = frozenset({WordClass.NOUN, WordClass.NAME, WordClass.OBJECT})
"""What can end a phrase that a finite verb follows."""
FINITE = frozenset({WordClass.AUXILIARY, WordClass.VERB})
VERBAL = FINITE | {WordClass.INFINITIVE, WordClass.GERUND, WordClass.PARTICIPLE}

Classes = tuple[WordClass, WordClass]
"""The class at a word's beginning and at its end: "we've" begins as a pronoun and ends as an auxiliary."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(text.split())
