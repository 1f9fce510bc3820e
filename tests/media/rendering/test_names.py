import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.media.edit import Clip
from asdelivered.media.rendering.names import LONGEST, file_stems
from asdelivered.media.text import one_line

TEXT = st.text(max_size=120).map(one_line)
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)),
}


def clip(speaker: str | None, text: str) -> Clip:
    return Clip("a clip", Fraction(0), Fraction(1), speaker, text)


@pytest.mark.parametrize(
    ("speaker", "text", "stem"),
    [
        ("Rosa Balfour", "“We can’t wait – not any longer, not now”", "Rosa-Balfour_We-cant-wait-not-any"),
        (None, "Thank you.", "Thank-you"),
        ("Володимир Зеленський", "Слава Україні!", "Volodimir-Zelenskiy_Slava-Ukraini"),
        ("../../etc", "passwd", "etc_passwd"),
        ("C:\\Windows", "..\\..\\x", "C-Windows_x"),
        (".hidden", "~/.ssh/id", "hidden_ssh-id"),
        (None, "…", "clip"),
    ],
)
def test_names(speaker, text, stem):
    assert file_stems([clip(speaker, text)]) == (stem,)


@given(st.lists(st.tuples(st.none() | TEXT, TEXT), max_size=6))
def test_names_are_safe_on_every_system_and_no_two_alike(texts):
    stems = file_stems(clip(speaker, text) for speaker, text in texts)
    assert len({stem.lower() for stem in stems}) == len(texts)
    for stem in stems:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", stem)
        assert len(stem) <= LONGEST + 4
        assert stem.lower() not in DEVICES


def test_like_names_are_numbered():
    assert file_stems([clip("A", "b"), clip("a", "B"), clip("A", "b")]) == ("A_b", "a_B-2", "A_b-3")
