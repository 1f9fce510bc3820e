"""Signs that an old character set has no code for, in a plainer form: blanks, dashes, quotation marks, currencies.

Letters are left alone: another one in their place would be another word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from anyascii import anyascii

from asdelivered.subtitles.model import Captions, Cue

_NOTES = "♩♪♫♬"
_NO_BREAK = "\u00a0\u202f"
_OWN = {"`": ("'",), "«": ('"',), "»": ('"',), "‹": ("'",), "›": ("'",), "•": ("·", "-")}
"""Where what `anyascii` writes would be read as something else."""
_FIRST_PICTURE = "\u2500"
"""From here on the symbols of Unicode are drawings, up to emoji; before it are those like © and №."""


def plain_forms(sign: str) -> tuple[str, ...]:
    """Return what may stand for one character, the closest first; nothing for letters and pictures.

    What nobody sees, a soft hyphen or a mark of direction, may be left out: its form is empty.

    Examples:
        >>> plain_forms("€"), plain_forms("–"), plain_forms("♫"), plain_forms("é")
        (('EUR',), ('-',), ('♪', '#'), ())

    """
    if sign in _OWN:
        return _OWN[sign]
    if sign in _NOTES:
        return ("♪", "#")
    kind = unicodedata.category(sign)
    if kind == "Cf":
        return ("",)
    if kind == "Zs":
        return ("\u00a0", " ") if sign in _NO_BREAK else (" ",)
    if kind == "Nd":
        return (str(unicodedata.digit(sign)),)
    form = anyascii(sign)
    if kind[0] == "P" and not any(map(str.isalnum, form)):
        return (form,)
    if kind in ("Sc", "Sm", "Sk", "No") or (kind == "So" and sign < _FIRST_PICTURE):
        return (form,)
    return ()


def respelled(captions: Captions, spell: Callable[[str], str]) -> Captions:
    """Return the captions with each line and each label as `spell` writes it, and without italics and the like."""
    return replace(captions, cues=tuple(_respelled(cue, spell) for cue in captions.cues))


def _respelled(cue: Cue, spell: Callable[[str], str]) -> Cue:
    lines, label = tuple(map(spell, cue.lines)), spell(cue.label)
    if (lines, label) == (cue.lines, cue.label):
        return cue
    # The places of its words are counted in the letters that it had.
    return replace(cue, lines=lines, label=label, marked=(), onsets=())
