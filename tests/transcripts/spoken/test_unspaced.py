"""Words of scripts without blanks between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.spoken.unspaced import is_unspaced, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电柱", ("电柱",)),
        ("我们今天讨论经济问题", ("我们", "今天", "讨论", "经济", "问题")),
        ("電球がともっていた", ("電球が", "ともっていた")),
        ("สวัสดีครับวันนี้", ("สวัสดี", "ครับ", "วัน", "นี้")),
        ("ကျေး\u200bဇူး\u200bတင်", ("ကျေး\u200b", "ဇူး\u200b", "တင်")),
        ("harbour", ("harbour",)),
        ("Häfen", ("Häfen",)),
        ("", ("",)),
    ],
)
def test_a_text_is_parted_into_its_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words
    assert is_unspaced(text) is (text not in ("harbour", "Häfen", ""))


@given(st.text(st.sampled_from("我们今天がともキャンプ電球สวัสดีວັນကျေးabc12。、\u200b"), max_size=40))
def test_the_words_are_all_of_the_text(text: str) -> None:
    words = words_of(text)
    assert "".join(words) == text
    assert all(words) or not text
