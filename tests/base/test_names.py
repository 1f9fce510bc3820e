"""Names are valid on every system, whatever they were made of."""

import re
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.names import LONGEST, folded, portable_name

DEVICES = ["con", "PRN", "aux", "NUL", *(f"com{n}" for n in range(1, 10)), *(f"Lpt{n}" for n in range(1, 10))]
DEVICE = re.compile(rf"(?i)({'|'.join(DEVICES)})(\s*\..*)?")
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text("\ud800\udc00é漢.: /\\con\0", max_size=300),
    st.tuples(st.sampled_from(DEVICES), st.text(max_size=4)).map("".join),
)


@given(TEXTS, st.sampled_from([4, 40, LONGEST]), st.sampled_from(["", "_"]))
def test_any_text_makes_a_name_for_every_system(text: str, longest: int, instead: str) -> None:
    name = portable_name(text, longest, instead, default="file")
    assert 0 < len(name) <= longest
    assert len(name.encode()) <= 255
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert not DEVICE.fullmatch(name)
    path = PureWindowsPath("C:/Users/Ada/Documents") / name
    assert path.name == name
    assert len(path.parts) == 5
    assert PureWindowsPath(name).drive == ""


@given(TEXTS)
def test_a_name_stays_as_it_is(text: str) -> None:
    name = portable_name(text)
    assert portable_name(name) == name


def test_good_names_are_not_touched() -> None:
    for name in (
        "speech 2026-11-28 (final).txt",
        "Réponse à l’Assemblée",
        "総会",
        "console",
        "com10",
        "a.b.c",
    ):
        assert portable_name(name) == name


@pytest.mark.parametrize(
    ("one", "other"), [("Talk", "TALK"), ("caf\u00e9", "cafe\u0301"), ("STRASSE", "straße")]
)
def test_names_that_macos_and_windows_take_for_one_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)
