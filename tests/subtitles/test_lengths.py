"""Lengths are those that a reader sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.lengths import clusters_of, width_of
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style_file import named_style

LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F))


@given(LATIN)
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    assert width_of(unicodedata.normalize("NFD", text)) == width_of(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=0x206F, exclude_characters="\r")))
def test_a_text_without_wide_characters_has_the_length_of_its_clusters(text: str) -> None:
    narrow = "".join(char for char in text if char < "\u1100" or char >= "\u2000")
    assert width_of(narrow) == len(clusters_of(narrow))


def test_what_is_seen_as_one_counts_one() -> None:
    assert width_of("e\N{COMBINING ACUTE ACCENT}" * 41) == 41
    assert width_of("ที่" * 10) == 10
    assert width_of("👨‍👩‍👧") == 1
    assert width_of("שָׁלוֹם") == 4
    assert width_of("“Hello” – it’s…") == len("“Hello” – it’s…")


def test_full_width_characters_count_two() -> None:
    assert width_of("港口。") == 6
    assert width_of("한국") == 4
    assert width_of("ﾊﾝ") == 2


def test_the_check_counts_what_is_seen() -> None:
    style = named_style("netflix")

    def rules(text: str) -> list[tuple[str, str]]:
        return [
            (found.measured, found.limit) for found in check([Cue(TimeSpan(0, 7000), None, (text,))], style)
        ]

    assert rules("e\N{COMBINING ACUTE ACCENT}" * 42) == []
    assert rules("e\N{COMBINING ACUTE ACCENT}" * 43) == [("43 characters", "at most 42")]
    assert rules("港" * 22) == [("22 full-width characters", "at most 21")]
