"""The Hanover Tagger with searches of our own: the same tags of the same models in a fraction of the time.

The library asks of every piece of an unknown word how likely it is under every class of morpheme, and of every tag
whether it follows a state. Nearly all of them are impossible. Here only those that are possible are looked at.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence

from HanTa.HanoverTagger import EMPTY, END, START, UNKNOWN, HanoverTagger
from numpy import logaddexp

_State = tuple[int, int]
"""The last two tags, or the last two classes of morphemes."""

_BEAM = 5
"""How many states the search keeps at a word, and those within `_MARGIN` (a logarithm) of the last of them."""
_MORPHEME_BEAM = 3
"""The same within a word."""
_MARGIN = 1.0
_IMPOSSIBLE = -1e6
_CUTOFF = 5
"""Tags of an unknown word that are less likely than its best one by more than this (a logarithm) are left out."""
_LONGEST_MORPHEME = 24
_WHOLE_UNKNOWN = 4.6
"""What an analysis loses (a logarithm) that takes the whole word for one unknown morpheme."""


class Tagger(HanoverTagger):  # type: ignore[misc]
    """The tagger, with its two searches written anew and with caches."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename)
        self._morphemes: dict[str, dict[int, float]] = {}
        for kind, morphemes in self.LP_m_t.items():
            for morpheme, likely in morphemes.items():
                self._morphemes.setdefault(morpheme, {})[kind] = likely
        self._open = [kind for kind in self.LP_hapax_t if kind in self.LP_s_t]
        self._followers = {state: dict(found) for state, found in self.LP_trans_nonfinal.items()}
        # The logarithm of the probability of an unknown morpheme of each length, but for its ending.
        self._bases = [
            [(kind, self.Int_t + self.LP_hapax_t[kind] + self.LP_len_t[kind][length]) for kind in self._open]
            for length in range(_LONGEST_MORPHEME + 1)
        ]
        self._endings = functools.lru_cache(maxsize=1 << 15)(self._endings_of)
        self._pieces = functools.lru_cache(maxsize=1 << 15)(self._pieces_of)
        self._probabilities = functools.lru_cache(maxsize=1 << 16)(self._probabilities_of)

    def _pieces_of(self, piece: str, whole: bool, guessed: bool) -> dict[int, float]:
        """Return the logarithm of the probability of a piece of a word under each class of morpheme that it can be.

        A `guessed` piece may be an unknown morpheme, too: it is judged by its last four letters, but its first.
        """
        found: dict[int, float] = {}
        if guessed:
            lost = _WHOLE_UNKNOWN if whole else 0.0
            endings = self._endings(piece[1:][-4:])
            for kind, base in self._bases[min(len(piece), _LONGEST_MORPHEME)]:
                found[kind] = base + endings[kind] - lost
        found.update(self._morphemes.get(piece, {}))
        return found

    def _endings_of(self, ending: str) -> dict[int, float]:
        """Return the logarithm of the probability of the longest known ending under each open class of morpheme."""
        parts = [ending[at:] for at in range(len(ending))]
        return {
            kind: next((likely[part] for part in parts if part in likely), likely[""])
            for kind, likely in ((kind, self.LP_s_t[kind]) for kind in self._open)
        }

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Return the tags that a word in small letters can have, the likeliest first, with their logarithms."""
        length = len(word)
        reached: list[dict[_State, float]] = [{(EMPTY, START): 0.0}, *({} for _ in range(length))]
        for first in range(length):
            steps = [
                (followers, state[1], likely)
                for state, likely in _likeliest(reached[first], _MORPHEME_BEAM)
                if (followers := self._followers.get(state))
            ]
            if not steps:
                continue
            for last in range(first + 1, length + 1):
                row = reached[last]
                size = last - first
                pieces = self._pieces(word[first:last], size == length, length < 4 or size > 2)
                for followers, before, likely in steps:
                    fewer, others = (
                        (followers, pieces) if len(followers) < len(pieces) else (pieces, followers)
                    )
                    for kind, one in fewer.items():
                        other = others.get(kind)
                        if other is None:
                            continue
                        total = likely + one + other
                        if total > _IMPOSSIBLE and total > row.get((before, kind), -math.inf):
                            row[before, kind] = total
        ends: dict[_State, float] = {}
        for state, likely in reached[length].items():
            for tag, step in self.LP_trans_final.get(state, ()):
                total = likely + step
                if total > _IMPOSSIBLE and total > ends.get((state[1], tag), -math.inf):
                    ends[state[1], tag] = total
        tags: dict[int, float] = {}
        for (_, tag), likely in ends.items():
            tags[-tag] = float(logaddexp(tags[-tag], likely)) if -tag in tags else likely
        return sorted(tags.items(), key=lambda found: found[1], reverse=True) or [(UNKNOWN, 0.0)]

    def _probabilities_of(self, word: str, first: bool) -> tuple[tuple[int, float], ...] | None:
        """Return the logarithm of the probability of a word under each tag that it can have; None: under any."""
        found = dict(self._tag_word(word, cutoff=_CUTOFF, casesensitive=not first, conditional=True))
        return None if not found or set(found) == {UNKNOWN} else tuple(found.items())

    def tag_sent_viterbi(self, sent: Sequence[str], casesensitive: bool = True) -> list[int]:
        """Return the likeliest tags of a sentence, as numbers (Viterbi over pairs of tags, in a beam)."""
        reached: dict[_State, float] = {(EMPTY, START): 0.0}
        came_from: list[dict[_State, _State]] = []
        for at, word in enumerate(sent):
            known = self._probabilities(word, at == 0 or not casesensitive)
            row: dict[_State, float] = {}
            back: dict[_State, _State] = {}
            for state, likely in _likeliest(reached, _BEAM):
                follows = self.LP_trans_word[state]
                last = state[1]
                for tag, own in known or ((tag, 0.0) for tag in follows if tag != END):
                    step = follows.get(tag)
                    if step is None:
                        continue
                    total = likely + step + own
                    new = (last, tag)
                    if total > _IMPOSSIBLE and total > row.get(new, -math.inf):
                        row[new] = total
                        back[new] = state
            reached = row
            came_from.append(back)
        state = max(reached, key=lambda state: reached[state] + self.LP_trans_word[state].get(END, -math.inf))
        tags = []
        for back in reversed(came_from):
            tags.append(state[1])
            state = back[state]
        return tags[::-1]


def _likeliest(states: dict[_State, float], beam: int) -> Iterator[tuple[_State, float]]:
    """Yield the states that are kept in a beam: so many, and those that are nearly as likely as the last of them."""
    bound = -math.inf
    if len(states) > beam:
        bound = sorted(states.values(), reverse=True)[beam] - _MARGIN
    return (found for found in states.items() if found[1] >= bound)
