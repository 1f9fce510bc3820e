"""Good files damaged at random, each the same for its seed: bytes flipped, cut, doubled, and values nobody expects."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

NASTY = (
    b"1e999", b"-1e999", b"Infinity", b"NaN", b"-1", b"0", b"1/0", b"9" * 350, b"null", b"true", b"[]", b"{}",
    b"\\ud800", b"\\u0000", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\x1b[31m",
    b"[" * 20_000, b'{"a":' * 20_000, b"<span>" * 20_000, b"<div><p>" * 5_000,
    b"&#xD800;", b"&#x110000;", b"<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"&a;",
    b"a" * 5_000, b"word " * 2_000, b"\n" * 3_000, b"Anna: hello there.\n" * 500, b"-->", b"99:99:99,999",
)  # fmt: skip
"""What breaks parsers: numbers beyond every range, half surrogates, endless nesting, entities, long lines."""


def mutated(good: bytes, chance: random.Random) -> bytes:
    """Return a damaged copy of a file: one to four changes, each at a random place."""
    data = good
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(CHANGES)(data, chance)
    return data


def mutated_archive(good: bytes, chance: random.Random) -> bytes:
    """Return a ZIP file (a Word document) of which one part is damaged inside, so that the container still opens."""
    if chance.random() < 0.3:
        return mutated(good, chance)
    with zipfile.ZipFile(io.BytesIO(good)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = mutated(parts[name], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part, data in parts.items():
            new.writestr(part, data)
    return made.getvalue()


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted((_place(data, chance), _place(data, chance)))
    return data[:first] + data[last:]


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _double(data: bytes, chance: random.Random) -> bytes:
    first = _place(data, chance)
    piece = data[first : first + chance.randrange(1, 2_000)]
    return data[:first] + piece * chance.randrange(2, 20) + data[first:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    place = _place(data, chance)
    return data[:place] + chance.choice(NASTY) + data[place:]


def _replace_number(data: bytes, chance: random.Random) -> bytes:
    """Put something nasty where a number stands, which is where a value is expected."""
    digits = [
        at for at in range(len(data)) if data[at : at + 1].isdigit() and not data[at - 1 : at].isdigit()
    ]
    if not digits:
        return _insert(data, chance)
    start = chance.choice(digits)
    end = start
    while end < len(data) and (data[end : end + 1].isdigit() or data[end : end + 1] in b".,"):
        end += 1
    return data[:start] + chance.choice(NASTY) + data[end:]


def _swap_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _truncate, _double, _insert, _insert, _replace_number, _replace_number, _swap_lines,
)  # fmt: skip
