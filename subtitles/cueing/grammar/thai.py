"""Thai, whose words are parts without blanks: what their order says of a break, beyond the classes in `words.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

_POLITE = frozenset({"ครับ", "คะ", "ค่ะ", "จ้ะ", "จ๊ะ", "นะ"})
"""Particles at the end of a sentence."""
_POINTING = frozenset({"นี้", "นั้น", "โน้น", "นี่", "นั่น"})
"""Demonstratives, which come after their noun."""
_TIMES = frozenset({"วัน", "คืน", "เช้า", "ปี", "เดือน", "สัปดาห์", "ตอน", "ขณะ", "เวลา", "พรุ่ง", "ครั้ง"})
_SUBJECTS = frozenset({"ฉัน", "ผม", "ดิฉัน", "เรา", "คุณ", "เขา", "เธอ", "มัน", "พวกเขา", "พวกเรา"})


class Join(Enum):
    """What stands between two words."""

    CLAUSE_END = auto()
    """A sentence or a clause has ended."""
    BOUND = auto()
    """The words belong together."""


def join_at(words: Sequence[str], at: int) -> Join | None:
    """Return what stands after words[at]; None where the order of the words says nothing.

    Grammar as in Iwasaki and Ingkaphirom 2005, "A Reference Grammar of Thai": a polite particle ends its sentence, a
    demonstrative follows its noun, and a time ("today we will") may go before the subject.
    """
    here, following = words[at], words[at + 1]
    if following in _POLITE or following in _POINTING:
        return Join.BOUND
    if here in _POLITE or _time_before_subject(words, at + 1):
        return Join.CLAUSE_END
    return Join.BOUND if at and _time_before_subject(words, at - 1) else None


def _time_before_subject(words: Sequence[str], at: int) -> bool:
    """Whether a time and then a subject begin at words[at]: "this day" and "we"."""
    return (
        at + 2 < len(words)
        and words[at] in _TIMES
        and words[at + 1] in _POINTING
        and words[at + 2] in _SUBJECTS
    )
