"""Where a line may break in scripts that are written without blanks between words.

Chinese, Japanese and Thai are parted into words and phrases by BudouX. For Lao, Khmer and Burmese there is no segmenter
that could come along; their lines break after zero-width spaces, which careful writers put between words, and where
there are none, between syllables: before a consonant that has a vowel.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from asdelivered.subtitles.lengths import clusters_of, width_of

if TYPE_CHECKING:
    import budoux

UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u200b"
    "\u2e80-\u2fff\u3001\u3002\u3005-\u3011\u3014-\u301b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff08\uff09\uff0c\uff01\uff1f\uff1a\uff1b\U00020000-\U0003ffff]"
)
"""Letters and marks of scripts without blanks; the zero-width space."""
SQUARE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
"""Han characters, kana, and their punctuation: the end of a line between two of them is no blank."""
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_THAI = re.compile("[\u0e01-\u0e4e]")
SYLLABIC = re.compile("[\u0e81-\u0eff\u1000-\u109f\u1780-\u17d3]")
"""Lao, Burmese, Khmer."""
KATAKANA = re.compile("[\u30a1-\u30ff]")
"""Loan words and foreign names of Japanese."""
HIRAGANA = re.compile("[\u3041-\u309f]")
"""Endings, particles and words of grammar of Japanese."""
SOUTH_EAST = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3]")
"""Thai, Lao, Burmese, Khmer, where a blank ends a clause or a sentence."""
_NOT_BEFORE = frozenset(
    "、。，．！？：；）〕］｝〉》」』】〙〗”’…‥・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻゛゜％,.!?:;)]}%"
    "ฯะาำๅๆຯະາຳຽໆ។៕៖ៗ၊။\u102b\u102c\u1038\u200b"
)
_NOT_AFTER = frozenset("（〔［｛〈《「『【〘〖“‘([{￥＄£$เแโใไເແໂໃໄ\u1039\u17d2")
_LEANS_BACK = frozenset("的地得之了着著过過们們吗嗎呢吧啊")
"""Chinese particles that belong to the word before."""
_VOWELS_AFTER = frozenset("ະາຳຽ\u102b\u102c\u1038")
"""Vowels of Lao and Burmese that are characters of their own after their consonant."""
_LEADING_VOWELS = frozenset("ເແໂໃໄ")
_SILENT_H = "ຫ"
"""Lao ho sung, which begins a syllable and never ends one."""
_KILLER = "\u103a"
"""Burmese asat: the consonant ends a syllable."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬億兆两兩")
_LONGEST = 24
"""Columns. A phrase that is longer (a loan word in kana) may break inside, since lines are not much longer."""


@functools.lru_cache(maxsize=1 << 14)
def phrases_of(text: str) -> tuple[str, ...]:
    """Return the parts of a text without blanks between which a line may break; in most scripts it is one part.

    No break parts what is seen as one character, goes before a closing mark, a small kana, a sound mark or a vowel
    that follows its consonant, or after an opening mark or a vowel that is written first (UAX 14, classes CL, CJ, OP
    and the like).
    """
    if text.isascii() or UNSPACED.search(text) is None:
        return (text,)
    clusters = clusters_of(text)
    wanted = _boundaries(text)
    parts: list[str] = []
    part, before, at = "", "", 0
    for cluster in clusters:
        if part and at in wanted and _may_break(before, cluster):
            parts.append(part)
            part = ""
        part += cluster
        before = cluster
        at += len(cluster)
    return (*parts, part)


def _boundaries(text: str) -> frozenset[int]:
    """Return the places, in code points, at which a word or a phrase ends."""
    if "\u200b" in text:
        return frozenset(match.end() for match in re.finditer("\u200b+", text))
    found: set[int] = set()
    at = 0
    for piece in _chunks(text):
        if at and not (SQUARE.match(piece[0]) and piece[0] in _LEANS_BACK and not _KANA.search(text)):
            found.add(at)
        if width_of(piece) > _LONGEST:
            found |= {at + place for place in range(1, len(piece)) if SQUARE.match(piece[place])}
        at += len(piece)
    return frozenset(found)


def _chunks(text: str) -> list[str]:
    if SYLLABIC.search(text):
        return list(_syllables(text))
    if _THAI.search(text):
        return _parser("th").parse(text)
    if _KANA.search(text):
        return _parser("ja").parse(text)
    return _parser("zh-hant" if _is_traditional(text) else "zh-hans").parse(text)


@functools.cache
def _parser(script: str) -> budoux.Parser:
    import budoux

    return {
        "th": budoux.load_default_thai_parser,
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }[script]()


def _is_traditional(text: str) -> bool:
    """Whether more of the Han characters are in the national standard of Taiwan than in that of the mainland."""

    def known(encoding: str) -> int:
        return sum(bool(character.encode(encoding, "ignore")) for character in _HAN.findall(text))

    return known("big5") > known("gb2312")


def _syllables(text: str) -> Iterator[str]:
    clusters = clusters_of(text)
    part = ""
    for number, cluster in enumerate(clusters):
        following = clusters[number + 1] if number + 1 < len(clusters) else ""
        before = clusters[number - 1] if number else ""
        has_vowel = len(cluster) > 1 or following[:1] in _VOWELS_AFTER
        opens = cluster[0] in _LEADING_VOWELS or (has_vowel and _KILLER not in cluster)
        after_first = before[:1] in _LEADING_VOWELS or before == _SILENT_H
        if part and opens and not after_first:
            yield part
            part = ""
        part += cluster
    yield part


def _may_break(before: str, after: str) -> bool:
    if before[-1] in _NOT_AFTER or after[0] in _NOT_BEFORE or (before in _NUMERALS and after in _NUMERALS):
        return False
    return _is_unspaced(before) or _is_unspaced(after)


def _is_unspaced(cluster: str) -> bool:
    return UNSPACED.match(cluster) is not None
