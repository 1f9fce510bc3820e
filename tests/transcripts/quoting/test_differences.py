"""What was quoted otherwise than it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.quoting.differences import DifferenceKind, differences_at, quote_differences
from asdelivered.transcripts.quoting.search import QuoteMatch, find_quote, index_tokens

TEXT = [
    "We",
    "can’t",
    "be",
    "proud",
    "of",
    "them,",
    "I",
    "think.",
    "We",
    "were",
    "ready",
    "then",
    "–",
    "and",
    "it’s",
    "a",
    "wartime",
    "mindset.",
    "Every",
    "one",
    "of",
    "them,",
    "in",
    "all",
    "85",
    "%",
    "of",
    "cases,",
    "has",
    "done",
    "$10",
    "billion",
    "a",
    "year.",
    "He",
    "will",
    "defend",
    "the",
    "harbour.",
]
BOAT = "one red boat left its old harbour at dawn while nobody on any pier looked up again"
INDEX = index_tokens(TEXT, "en")
CHANGED, NOT_SAID, NOT_QUOTED, OMITTED = DifferenceKind


@pytest.mark.parametrize(
    ("quote", "differences"),
    [
        ("WE CAN'T BE PROUD OF THEM I think", []),
        ("we cannot be proud of them", []),
        ("it is a war time mind set", []),
        ("in all eighty-five percent of cases has done ten billion dollars a year", []),
        ("he will defend the harbor", []),
        ("We can be proud of them", [(CHANGED, "can", "can’t")]),
        ("We can’t be very proud of them", [(NOT_SAID, "very", "")]),
        ("We can’t be proud, I think", [(NOT_QUOTED, "", "of them,")]),
        ("We can’t be ... I think", [(OMITTED, "", "proud of them,")]),
        ("We can’t be proud of [her children], I think", [(OMITTED, "", "them,")]),
        ("we are ready then and it's a wartime mindset", [(CHANGED, "we are", "were")]),
        ("has done ten billion euros a year", [(NOT_SAID, "euros", "")]),
        ("He will defned the harbour", [(CHANGED, "defned", "defend")]),
        ('"Every one of them," the Mayor said, "in all 85 % of cases"', []),
    ],
)
def test_differences(quote: str, differences: list[tuple[DifferenceKind, str, str]]) -> None:
    found = quote_differences(INDEX, quote, find_quote(INDEX, quote)[0])
    assert [(one.kind, one.quoted, one.said) for one in found] == differences


@pytest.mark.parametrize(
    ("language", "text", "quote", "differences"),
    [
        ("es", "Hoy no podemos estar orgullosos.", "podemos estar orgullosos", [(NOT_QUOTED, "", "no")]),
        ("es", "¿Lo ven? No, podemos estar orgullosos.", "podemos estar orgullosos", []),
        ("en", "We will not close the northern quay.", "close the northern quay", [(NOT_QUOTED, "", "not")]),
        ("en", "We won’t close the northern quay.", "close the northern quay", [(NOT_QUOTED, "", "won’t")]),
        ("en", "We will not. Close the northern quay!", "close the northern quay", []),
        ("de", "Die Miete steigt im März nicht.", "Die Miete steigt im März", [(NOT_QUOTED, "", "nicht.")]),
        ("de", "Die Miete steigt im März, nicht im Mai.", "Die Miete steigt im März", []),
        ("fr", "Le tarif n’augmentera pas en mai.", "Le tarif n’augmentera", [(NOT_QUOTED, "", "pas")]),
        ("es", "El 85 % de las barcas sale.", "el ochenta y cinco por ciento de las barcas", []),
        ("fr", "Près de 85 % des bateaux sortent.", "quatre-vingt-cinq pour cent des bateaux", []),
        ("es", "Pagaremos 3,5 millones de euros.", "tres millones y medio de euros", []),
        ("de", "Wir zahlen 3,5 Millionen Euro.", "dreieinhalb Millionen Euro", []),
        ("en", "It won’t rise before 1 March, they say.", "it won’t rise before March 1st", []),
        ("en", "It won’t rise before March 1, they say.", "it won’t rise before 1 March", []),
        (
            "en",
            "It won’t rise before 1 March.",
            "it won’t rise before March 2",
            [(NOT_QUOTED, "", "1"), (NOT_SAID, "2", "")],
        ),
    ],
)
def test_differences_in_a_language(
    language: str, text: str, quote: str, differences: list[tuple[DifferenceKind, str, str]]
) -> None:
    index = index_tokens(text.split(), language)
    found = quote_differences(index, quote, find_quote(index, quote)[0])
    assert [(one.kind, one.quoted, one.said) for one in found] == differences


@given(st.data())
def test_a_word_left_out_is_seen(data: st.DataObject) -> None:
    tokens = [
        "one",
        "red",
        "boat",
        "left",
        "its",
        "old",
        "harbour",
        "at",
        "dawn",
        "while",
        "nobody",
        "on",
        "any",
        "pier",
        "looked",
        "up",
        "again",
    ]
    index = index_tokens(tokens, "en")
    out = data.draw(st.integers(1, len(tokens) - 2))
    quote = " ".join(tokens[:out] + tokens[out + 1 :])
    (found,) = quote_differences(index, quote, find_quote(index, quote)[0])
    assert (found.kind, found.quoted, found.said) == (DifferenceKind.NOT_QUOTED, "", tokens[out])


@given(
    st.lists(st.sampled_from(["we", "are", "were", "10", "ten", "%", "[so]"]), min_size=1, max_size=12),
    st.data(),
)
def test_anything_can_be_compared(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(TEXT) - 1))
    last = data.draw(st.integers(first + 1, len(TEXT)))
    for one in quote_differences(INDEX, " ".join(words), QuoteMatch(first, last, 0.5)):
        assert one.quoted or one.said
        assert one.said in " ".join(TEXT[first:last]) or one.said.split()[0] in TEXT


@pytest.mark.parametrize("quote", ["one of them", "of them and", "we be", "one of her"])
def test_all_places_of_a_quote_are_compared_as_each_alone(quote: str) -> None:
    places = [QuoteMatch(first, first + 3, 1.0) for first in range(len(TEXT) - 3)]
    alone = [quote_differences(INDEX, quote, place) for place in places]
    assert differences_at(INDEX, quote, places) == tuple(alone)
    assert any(alone)
    assert differences_at(INDEX, quote, []) == ()
