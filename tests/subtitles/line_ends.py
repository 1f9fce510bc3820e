"""Does a line end where a subtitler would not end it? A second opinion, by lists of words instead of a tagger.

Netflix' Timed Text Style Guide (General Requirements, Line Treatment), the BBC's guidelines (3.4) and DCMP's Captioning
Key (Line Division) name the words that must not end a line: articles, prepositions, conjunctions, auxiliaries, the
pronoun before its verb. All of them are closed classes, which a list can hold.
"""

import re
from collections.abc import Sequence

PUNCTUATION = re.compile(r"""[.,;:!?…)\]–—-]['"’”»)]*$""")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLOSED = words(
    "a an the my your his its our their this these every each no some any "
    "of in at from with by for to on into onto upon about between among against during without within through "
    "towards toward across behind beyond under over above below near per via than as like since until "
    "and or but nor so yet because if although though unless while whereas whether that which who whose whom "
    "when where why how what "
    "am is are was were be been being have has had do does did will would shall should can could may might must "
    "i you he she it we they there not don't doesn't didn't won't can't cannot isn't aren't "
    "i'm you're we're they're it's that's he's she's there's what's i've you've we've they've i'll we'll you'll "
    "mr mrs ms dr"
)
"""Words that lean on the next one."""


OBJECTS = words("it you there like no")
"""Of these, the words that may end a phrase as well: "use it | against", "I'd like | to"."""
OPENING = words(
    "in at from with by for on into onto about between against during without because if that which what to"
)


def leans(word: str, following: str) -> bool:
    """Whether a line should not end with `word` when the next one begins with `following`."""
    if PUNCTUATION.search(word):
        return False
    plain, after = (text.lower().replace("’", "'").strip("\"'“”‘(") for text in (word, following))
    if plain in OBJECTS and after in OPENING - ({"to"} if plain in ("it", "you") else set()):
        return False
    return plain in CLOSED


def is_suspect(lines: Sequence[str]) -> bool:
    """Whether a cue of two lines breaks after a word that leans on the next, or leaves a word alone on a line."""
    if len(lines) != 2:
        return False
    upper, lower = (line.split() for line in lines)
    return leans(upper[-1], lower[0]) or len(upper) == 1 or len(lower) == 1


def better(lines: Sequence[str], width: int) -> list[str] | None:
    """Return the two lines nearest in length that fit and that are not suspect; None where there are none."""
    all_words = " ".join(lines).split()
    fitting = []
    for at in range(1, len(all_words)):
        tried = [" ".join(all_words[:at]), " ".join(all_words[at:])]
        if max(map(len, tried)) <= width and not is_suspect(tried):
            fitting.append(tried)
    return min(fitting, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=None)
