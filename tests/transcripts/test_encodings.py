"""Bytes to text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.encodings import decode, without_surrogates
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.source import Source

TEXTS = {
    "en": "“It’s our choice,” he said – and the café’s naïve owner agreed. Costs: £5 and €7.",
    "fr": "« La mer ne négocie pas », a déclaré la ministre à Noël – cœur d’été, où l’on a reçu 1 350 élèves.",
    "de": "Meine sehr geehrten Damen und Herren! Über die Straße, für 85.000 € – „schön“ und größer.",
    "pl": "Szanowni Państwo, dziękuję bardzo. Żadna łódź nie może wypłynąć, gdy wieje źle.",
    "cs": "Vážení přátelé, děkuji vám. Příští týden začneme, řekl ministr v Plzni.",
    "ru": "Уважаемые дамы и господа, сегодня мы говорим о безопасности.",
    "uk": "Шановні пані та панове, сьогодні ми говоримо про безпеку. Її п’ять років.",
    "tr": "Sayın Başkan, değerli üyeler, bugün güvenliği konuşacağız. Şimdi çok iyi.",
    "ja": "皆さん、こんにちは。今日は安全保障について話します。",
    "ar": "سيداتي وسادتي، نتحدث اليوم عن الأمن.",
}
ENCODED = [
    ("en", "cp1252"), ("en", "mac_roman"), ("en", "utf-16-le"), ("en", "utf-16-be"), ("fr", "cp1252"),
    ("fr", "iso8859-15"), ("de", "cp1252"), ("de", "mac_roman"), ("pl", "cp1250"), ("pl", "iso8859-2"),
    ("cs", "cp1250"), ("ru", "cp1251"), ("ru", "koi8-r"), ("uk", "cp1251"), ("tr", "cp1254"), ("ja", "shift_jis"),
    ("ja", "euc-jp"), ("ar", "utf-8"), ("ar", "utf-16"), ("ar", "utf-32"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_encodings_that_people_save_text_in(language: str, encoding: str) -> None:
    data = (TEXTS[language] * 8).encode(encoding, "ignore")
    assert decode(Source("page", data)) == data.decode(encoding)


@pytest.mark.parametrize("text", ["It’s “good”.", "naïve", "Straße", "Señor, ¿qué?", "Ça va?"])
def test_a_few_words_of_windows(text: str) -> None:
    assert decode(Source("page", text.encode("cp1252"))) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_never_mistaken(text: str) -> None:
    assert decode(Source("page", text.encode("utf-8"))) == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(TranscriptError):
        decode(Source("page", data)).encode("utf-8")


def test_half_surrogate_pairs() -> None:
    assert (
        decode(Source("page", "So \U0001f600.".encode("utf-16", "surrogatepass").decode("utf-16").encode()))
        == "So \U0001f600."
    )
    assert (
        decode(Source("page", b"So \xed\xa0\xbd\xed\xb8\x80 and \xed\xa0\xbd."))
        == "So \U0001f600 and \ufffd."
    )
    assert without_surrogates("plain") == "plain"
    with pytest.raises(TranscriptError, match="byte 4 is not UTF-16-LE text"):
        decode(Source("page", b"\xff\xfea\0\x00\xd8b\0"))


@pytest.mark.parametrize(
    ("language", "encoding", "declared"),
    [
        ("ja", "iso2022_jp", None),
        ("ja", "iso2022_jp", "ISO-2022-JP"),
        ("ja", "shift_jis", "x-sjis"),
        ("ja", "euc-jp", "x-euc-jp"),
        ("zh", "hz", "hz-gb-2312"),
        ("zh", "gb18030", "gb2312"),
        ("zh", "big5", "Big5"),
        ("ko", "iso2022_kr", None),
        ("ko", "euc_kr", "ks_c_5601-1987"),
        ("ru", "koi8-r", "koi8-r"),
        ("tr", "cp1254", "iso-8859-9"),
    ],
)
def test_what_a_page_declares_and_what_its_escapes_show(
    language: str, encoding: str, declared: str | None
) -> None:
    more = {"zh": "主席：今天在海港。", "ko": "의장: 지금부터 회의를 시작하겠습니다."}
    text = (TEXTS | more)[language]
    assert decode(Source("page", text.encode(encoding)), declared) == text


def test_signs_of_chinese_that_nobody_declared_are_no_encoding() -> None:
    assert decode(Source("page", b"We say ~{ and ~} here.")) == "We say ~{ and ~} here."


def test_damaged_escapes_are_refused() -> None:
    with pytest.raises(TranscriptError, match="damaged: byte 5 is not ISO2022_JP_EXT"):
        decode(Source("page", b"\x1b$B!!\xff".replace(b"\xff", b"\x1b$Z")))
