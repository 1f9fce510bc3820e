"""Does a cue end at a clause boundary? A second opinion, by another tagger and other rules than the program's.

The tagger is TextBlob's (Brill's method, Penn Treebank tags); the program's is a hidden Markov model with the tags of
the British National Corpus. The rules are those of a grammar: a boundary is one where the words that follow begin a
clause, with a verb of its own. A phrase that begins ("in the room", "of the Alliance") is not enough, and neither is
a list's "and".
"""

import functools
import gc
import re
import warnings
from collections.abc import Sequence

PUNCTUATION = re.compile(r"""[.,;:!?…)\]–—-]['"’”»)]*$""")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPENING = words(
    "because if although though unless while whilst whereas whether when whenever where wherever why how "
    "what who whom whose  which lest"
)
"""Words that do nothing but open a clause."""
AMBIGUOUS = words("since as before after until till once than so like")
"""Words that open one if a verb follows before the next mark."""
NOMINATIVE = frozenset({"i", "we", "they", "he", "she"})
"""Pronouns that are nothing but subjects, so that a clause begins with them."""
CLITICS = frozenset({"'re", "'ve", "'ll", "'m", "'d"})
FINITE = ("VBZ", "VBP", "VBD", "MD")
VERBS = (*FINITE, "VB", "VBG", "VBN")


@functools.cache
def tagger():  # type: ignore[no-untyped-def]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves its files open
        from textblob.en.taggers import PatternTagger

        made = PatternTagger()
        made.tag("Read the lexicon now.", tokenize=False)
        gc.collect()
    return made


def tags(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return word and Penn tag for each word; those of the punctuation are left out."""
    text = " ".join(re.sub(r"[^\w'’-]", "", word).replace("’", "'") or "x" for word in words)
    pieces = re.sub(r"(\w)('(?:s|re|ve|ll|d|m)|n't)\b", r"\1 \2", text)
    found = tagger().tag(pieces, tokenize=False)
    assert len(found) == len(pieces.split()), pieces
    return [(word.lower(), tag) for word, tag in found]


def ends_well(words: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a cue of `words` ends at punctuation, or before a clause; `following` are the words of the next ones."""
    if PUNCTUATION.search(words[-1]):
        return True
    unit = list(following[:20])
    for at, word in enumerate(unit):
        if PUNCTUATION.search(word):
            unit = unit[: at + 1]
            break
    return begins_clause(tags([*words[-6:], *unit]), len(tags(words[-6:])))


def begins_clause(tagged: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether a clause begins at tagged[at]."""
    word, tag = tagged[at]
    rest = tagged[at + 1 :]
    if word in NOMINATIVE:
        return True
    if word in OPENING:
        return True
    if word == "that":
        return any(kind in VERBS or later in NOMINATIVE | CLITICS for later, kind in rest)
    if word in AMBIGUOUS and (
        (rest[:1] and rest[0][1] == "PRP")
        or any(kind in FINITE or later in NOMINATIVE | CLITICS for later, kind in rest)
    ):
        return True
    if tag == "IN" and word != "of":
        return bool(rest) and rest[0][1] == "VBG"  # "for organising this event"
    if tag == "CC":
        for position, (later, kind) in enumerate(rest):
            if later in NOMINATIVE or later in CLITICS:
                return True
            if kind in FINITE or (position == 0 and kind in VERBS):
                return True
            if position == 0 and (kind in ("WDT", "WP", "WRB", "TO", "EX") or later in OPENING):
                return True
            if kind in ("CC", "IN", "WDT", "WP", "WRB", "TO") and position:
                return False
        return False
    if tag == "TO":
        # A place or a person after "to" has an article, a possessive, a capital or a number; a verb it does not know
        # is a noun.
        return bool(rest) and rest[0][1] not in (
            "DT",
            "PRP",
            "PRP$",
            "NNP",
            "CD",
            "IN",
            "WP",
            "WDT",
            "JJ",
            "NNS",
        )
    if tag in ("VBG", "VBN"):
        return at > 0 and tagged[at - 1][1].startswith(("NN", "PRP"))
    if tag in ("PRP", "EX"):
        return any(kind in FINITE for _, kind in rest[:2])
    return False
