"""Names of the rows at the left margin, as other aligners take them: "f001|Good morning."."""

from __future__ import annotations

import re

_NAME = re.compile(r"[ \t]*(\d{1,6}|(?=[^\s\d|]{1,60}\d)[\w-]{2,60})[ \t]*[|\t][ \t]*")
"""A number, or letters with a number; a time or a date is no name."""
_FEWEST = 3


def without_row_names(text: str) -> str:
    r"""Return a text without the names of its rows, if each row that is not blank has one of its own.

    Examples:
        >>> without_row_names("f1|Good morning.\nf2|Thank you.\nf3|Good night.")
        'Good morning.\nThank you.\nGood night.'

    """
    if not _NAME.match(text.lstrip()):
        return text
    rows = text.splitlines(keepends=True)
    found = [_NAME.match(row) for row in rows]
    names = [match[1] for match in found if match]
    filled = sum(not row.isspace() for row in rows)
    if not _FEWEST <= filled == len(set(names)):
        return text
    return "".join(row[match.end() :] if match else row for row, match in zip(rows, found, strict=True))
