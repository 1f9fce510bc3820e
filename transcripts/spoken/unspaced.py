"""Words of scripts that are written without blanks between them: Chinese, Japanese and Thai, parted by BudouX.

Lao, Khmer and Burmese are parted at zero-width spaces, where a careful writer put them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import budoux

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, as a range of a regular expression."""
_KANA = re.compile("[\u3041-\u30ff]")
_THAI = re.compile("[\u0e01-\u0e4e]")
_UNSPACED = re.compile(f"[{HAN}\u3041-\u30ff\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3]")
_ZERO_WIDTH = "\u200b"


def is_unspaced(text: str) -> bool:
    """Whether a text holds letters of a script without blanks."""
    return not text.isascii() and _UNSPACED.search(text) is not None


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words or phrases of a text without blanks, which together are the text; in other scripts it is one."""
    if not is_unspaced(text):
        return (text,)
    if _ZERO_WIDTH in text:
        return tuple(re.findall(f"[^{_ZERO_WIDTH}]+{_ZERO_WIDTH}*|^{_ZERO_WIDTH}+", text))
    if _THAI.search(text):
        return tuple(_parser("th").parse(text))
    if _KANA.search(text):
        return tuple(_parser("ja").parse(text))
    if re.search(f"[{HAN}]", text):
        return tuple(_parser("zh").parse(text))
    return (text,)


@cache
def _parser(language: str) -> budoux.Parser:
    import budoux

    return {
        "th": budoux.load_default_thai_parser,
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
    }[language]()
