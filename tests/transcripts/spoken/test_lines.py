"""The spoken form of tokens, in context."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.model import Token, TokenKind
from asdelivered.transcripts.spoken.lines import OrdinaryWords, speak


def ways(text: str, language: str = "en") -> list[tuple[str, ...]]:
    """The alternatives of each token, each as one string."""
    return [tuple(" ".join(form) for form in token.spoken) for token in speak(text.split(), language)]


def only(text: str, language: str = "en") -> tuple[str, ...]:
    (alternatives,) = ways(text, language)
    return alternatives


@pytest.mark.parametrize(
    ("token", "likeliest"),
    [
        ("It’s", "it's"),
        ("It´s", "it's"),
        ("Allies’", "allies"),
        ("wake-up", "wake up"),
        ("Türkiye", "türkiye"),
        ("Erdoğan,", "erdoğan"),
        ("order.”", "order"),
        ("teach…despite", "teach despite"),
        ("–what", "what"),
        ("–no,", "no"),
        ("one-on-one", "one on one"),
        ("grand-children.", "grand children"),
        ("non-NATO", "non nato"),
        ("question(s)", "questions"),
        ("10.000", "ten thousand"),
        ("10,000", "ten thousand"),
        ("1,000", "one thousand"),
        ("1.250.000", "one million two hundred fifty thousand"),
        ("10'000", "ten thousand"),
        ("2.5", "two point five"),
        ("2,5", "two point five"),
        ("0.25", "zero point two five"),
        ("10½", "ten and a half"),
        ("-5", "minus five"),
        ("007", "zero zero seven"),
        ("$184", "one hundred eighty four dollars"),
        ("$1", "one dollar"),
        ("$2.50", "two dollars and fifty cents"),
        ("£10bn", "ten billion pounds"),
        ("€5m", "five million euros"),
        ("5€", "five euros"),
        ("$10-billion", "ten billion dollars"),
        ("7-8%", "seven to eight percent"),
        ("7%–8%", "seven percent to eight percent"),
        ("2014", "twenty fourteen"),
        ("1999", "nineteen ninety nine"),
        ("1905", "nineteen oh five"),
        ("1900", "nineteen hundred"),
        ("2014–2018", "twenty fourteen to twenty eighteen"),
        ("1990s", "nineteen nineties"),
        ("‘90s", "nineties"),
        ("21st", "twenty first"),
        ("21st-century", "twenty first century"),
        ("10-year", "ten year"),
        ("F16", "f sixteen"),
        ("F-16s", "f sixteens"),
        ("MI6", "m i six"),
        ("G20", "g twenty"),
        ("A400M", "a four hundred m"),
        ("COVID-19", "covid nineteen"),
        ("10:30", "ten thirty"),
        ("10:00", "ten o'clock"),
        ("9:05pm", "nine oh five p m"),
        ("24/7", "twenty four seven"),
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("and/or", "and or"),
        ("&", "and"),
        ("R&D", "r and d"),
        ("Mr.", "mister"),
        ("Dr", "doctor"),
        ("St.", "saint"),
        ("Gen.", "general"),
        ("e.g.", "for example"),
        ("U.S.", "u s"),
        ("NATO", "nato"),
        ("NATO's", "nato's"),
        ("RUSI.", "rusi"),
        ("EU’s", "e u's"),
        ("US", "u s"),
        ("GDP,", "g d p"),
        ("AI", "a i"),
        ("MEPs", "m e p's"),
        ("www.nato.int", "w w w dot nato dot int"),
        ("press@nato.int", "press at nato dot int"),
    ],
)
def test_likeliest_form(token: str, likeliest: str) -> None:
    assert only(token)[0] == likeliest


@pytest.mark.parametrize(
    ("token", "others"),
    [
        ("2008", {"two thousand eight", "two thousand and eight", "twenty oh eight", "twenty eight"}),
        ("2014", {"two thousand fourteen", "two thousand and fourteen"}),
        ("184", {"one hundred eighty four", "one hundred and eighty four"}),
        ("3%", {"three percent", "three per cent"}),
        ("641", {"six forty one"}),
        ("1500", {"fifteen hundred"}),
        ("NATO", {"n a t o"}),
        ("EU", {"eu"}),
        ("1.250", {"one point two five zero", "one thousand two hundred fifty"}),
        ("5-10", {"five to ten", "five ten"}),
    ],
)
def test_other_forms_are_offered(token: str, others: set[str]) -> None:
    assert others <= set(only(token))


def test_money_that_goes_on_in_the_next_token() -> None:
    sum_of, magnitude = ways("$184 billion")
    assert sum_of[:2] == ("one hundred eighty four", "one hundred and eighty four")
    assert magnitude[:2] == ("billion dollars", "billion")
    assert [forms[0] for forms in ways("€5-10 million")] == ["five to ten", "million euros"]
    assert [forms[0] for forms in ways("184 billion dollars")] == [
        "one hundred eighty four",
        "billion",
        "dollars",
    ]


def test_a_number_after_an_article() -> None:
    assert ways("a 1,000")[1][:2] == ("thousand", "one thousand")


def test_number_sign_needs_a_number() -> None:
    assert ways("No. 5")[0][0] == "number"
    assert ways("No. Never.")[0] == ("no",)


def test_roman_numbers_follow_a_name() -> None:
    assert ways("King Charles III")[2][0] == "the third"
    assert ways("World War II.")[2][0] == "two"
    assert ways("and I agree")[1] == ("i",)
    assert ways("Article V is clear")[1][0] == "five"


def test_abbreviation_that_is_a_word_too() -> None:
    assert ways("modern art.")[1][0] == "art"
    assert ways("fig. 5")[0][0] == "figure"


def test_capitals_throughout_are_no_acronyms() -> None:
    assert [forms[0] for forms in ways("WE STAND WITH THE PEOPLE OF UKRAINE")][:4] == [
        "we",
        "stand",
        "with",
        "the",
    ]


def test_what_is_not_heard() -> None:
    kinds = [
        token.kind
        for token in speak(["[the]", "Allies", "–", "[applause]", "(laughter)", "[inaudible],", "…"], "en")
    ]
    assert kinds == [
        TokenKind.WORD,
        TokenKind.WORD,
        TokenKind.SILENT,
        TokenKind.SILENT,
        TokenKind.SILENT,
        TokenKind.UNKNOWN,
        TokenKind.SILENT,
    ]
    assert only("[t]he") == ("the",)
    assert {token.kind for token in speak(["[long", "pause", "for", "applause]"], "en")} == {TokenKind.SILENT}
    assert {token.kind for token in speak(["(which", "they", "applauded", "at", "length)"], "en")} == {
        TokenKind.WORD
    }


def test_german() -> None:
    text = "8 % 10.000 2,5 14:30 z.B. 2008 €5"
    likeliest = [forms[0] for forms in ways(text, "de")]
    assert likeliest == [
        "acht",
        "prozent",
        "zehntausend",
        "zwei komma fünf",
        "vierzehn uhr dreißig",
        "zum beispiel",
        "zweitausendacht",
        "fünf euro",
    ]


def test_language_of_num2words_only() -> None:
    assert only("2,5", "cs") == ("dva celá pět",)


def test_a_number_in_an_unknown_language_is_not_made_up() -> None:
    (token,) = speak(["2008"], "xx")
    assert token == Token("2008", TokenKind.UNKNOWN, ())


def test_other_scripts_keep_their_marks() -> None:
    assert only("हिन्दी,", "hi") == ("हिन्दी",)


hostile = st.text(alphabet=st.characters(), max_size=30) | st.text(
    alphabet="0123456789.,:/-–%$€ '’[]()aAbBsI&@#½", max_size=20
)


@given(hostile, st.sampled_from(["en", "de", "fr", "pl", "ja", "xx", "en-GB", ""]))
def test_every_token_gets_a_sound_form(text: str, language: str) -> None:
    words = text.split()
    tokens = speak(words, language)
    assert [token.text for token in tokens] == words
    for token in tokens:
        assert bool(token.spoken) == (token.kind is TokenKind.WORD)
        assert len(token.spoken) <= 6
        assert len(set(token.spoken)) == len(token.spoken)
        for form in token.spoken:
            assert form
            for word in form:
                assert word == word.lower()
                assert any(map(str.isalpha, word))
                assert all(letter == "'" or unicodedata.category(letter)[0] in "LM" for letter in word)


@given(st.integers(min_value=0, max_value=10**14))
def test_every_number_is_said_in_english(number: int) -> None:
    assert only(f"{number:,}")
    assert only(f"${number:,}")[0].endswith(("dollar", "dollars"))


def test_tokens_of_a_page_split_and_fall_silent_as_a_reader_takes_them(corpus: Path) -> None:
    truth = json.loads((corpus / "event-clean.truth.json").read_text(encoding="utf-8"))
    for line in truth["lines"]:
        read = [word for sentence in line["sentences"] for word in sentence["words"]]
        tokens = speak(line["text"].split(), "en")
        assert [token.text for token in tokens] == [text for text, _, _ in read]
        silent = [token.text for token in tokens if token.kind is TokenKind.SILENT]
        assert silent == [text for text, start, _ in read if start is None]


@given(
    st.lists(
        st.sampled_from(
            [
                "I",
                "A",
                "a",
                "the",
                "peace,",
                "Article",
                "part",
                "XXI",
                "NATO",
                "no.",
                "war",
                "U.S.",
                "l'art.",
                "l'UE",
                "z.",
                "B.",
                "“We",
                "can’t",
                "§5",
                "5",
                "am.",
                "wait...",
                "(so)",
                "É",
            ]
        )
        | hostile.filter(lambda word: word.split() == [word]),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["en", "de", "fr", "es", "pl", "ja"]),
)
def test_ordinary_words_are_spoken_as_in_any_line(words: list[str], language: str) -> None:
    tokens = OrdinaryWords(language).speak(words)
    assert tokens is None or tokens == speak(words, language)
