"""What may stand for a quote: numbers said or written, contractions, and what the quoter put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.quoting.readings import START, read_quote
from asdelivered.transcripts.quoting.search import find_quote, index_tokens

SPEECH = (
    "Good evening. We lost 12.500 jobs in two thousand and nineteen, and it cost us $640 billion. "
    "The clinic has a 1,200-bed wing; 48% of its patients pay €15, €20, €25 a day. "
    "They’re not wrong, but I can’t say so. It’s been said in 2023 that 7 to 9 towns are empty. "
    "Every bridge, every road, needs a keeper of its own. That is all I have. "
    "Do you agree? We do, and we will keep at it until the last lamp along the quay is lit."
)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("we lost twelve thousand five hundred jobs", "We lost 12.500 jobs"),
        ("we lost 12,500 jobs", "We lost 12.500 jobs"),
        ("jobs in 2019", "jobs in two thousand and nineteen,"),
        ("it cost us six hundred and forty billion dollars", "it cost us $640 billion."),
        ("it cost us $640bn", "it cost us $640 billion."),
        ("it cost us 640 billion", "it cost us $640 billion."),
        ("a twelve-hundred-bed wing", "a 1,200-bed wing;"),
        ("a one thousand two hundred bed wing", "a 1,200-bed wing;"),
        ("forty-eight per cent of its patients", "48% of its patients"),
        ("48 percent of its patients", "48% of its patients"),
        ("fifteen euros, twenty euros, twenty-five euros a day", "€15, €20, €25 a day."),
        ("they are not wrong but I cannot say so", "They’re not wrong, but I can’t say so."),
        ("they are not wrong but I can not say so", "They’re not wrong, but I can’t say so."),
        ("it has been said in twenty twenty-three", "It’s been said in 2023"),
        ("its been said in two thousand twenty-three", "It’s been said in 2023"),
        ("that seven to nine towns are empty", "that 7 to 9 towns are empty."),
        ("That's all I've", "That is all I have."),
        (
            '"Every bridge," the Commissioner’s office said, "every road, needs a keeper',
            "Every bridge, every road, needs a keeper",
        ),
        ('The minister said: "Every bridge, every road"', "Every bridge, every road,"),
        ("‘Every bridge, every road,’ she told a newspaper", "Every bridge, every road,"),
        (
            "“Every bridge”, said Ms Okafor, “every road, needs a keeper”",
            "Every bridge, every road, needs a keeper",
        ),
        ("[E]very bridge, every road", "Every bridge, every road,"),
        (
            "every road [in the county] needs a keeper of its own",
            "every road, needs a keeper of its own.",
        ),
        ("Reporter: Do you agree? Mayor Lind: We do, and we will", "Do you agree? We do, and we will"),
    ],
)
def test_a_quote_is_found_whole_with_nothing_missing(quote: str, passage: str) -> None:
    tokens = SPEECH.split()
    match = find_quote(index_tokens(tokens, "en"), quote)[0]
    assert " ".join(tokens[match.first : match.last]) == passage
    assert match.score == 1


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("de", "Das sind 75 bis 80 % der Haushalte.", "fünfundsiebzig bis achtzig Prozent der Haushalte"),
        ("de", "Es waren 1,5 Millionen am 3. Mai.", "eineinhalb Millionen am dritten Mai"),
        ("de", "Das hat zweitausend Euro gekostet.", "hat 2.000 Euro gekostet"),
        (
            "fr",
            "Nous avons perdu 90 emplois en 2021.",
            "perdu quatre-vingt-dix emplois en deux mille vingt et un",
        ),
        ("es", "Son 40.000 millones de pesos.", "cuarenta mil millones de pesos"),
        ("es", "Son 40 mil millones de pesos.", "40.000 millones de pesos"),
        ("es", "Será el 1 de marzo.", "será el primero de marzo"),
        ("pt", "Abre no dia 1 de março.", "no dia primeiro de março"),
        ("en", "It cost 1,250 boats.", "it cost twelve hundred and fifty boats"),
        ("en", "It cost 2,345 boats.", "it cost twenty-three hundred forty-five boats"),
        ("de", "Ich hab’s gestern gesehen.", "ich hab es gestern gesehen"),
        ("de", "Ich hab’s gestern gesehen.", "ich habe es gestern gesehen"),
        ("de", "Ich habe es gestern gesehen.", "ich hab's gestern gesehen"),
        ("de", "Das ist für das Volk.", "das ist für's Volk"),
        ("pl", "To kosztowało 300 złotych.", "kosztowało trzysta złotych"),
    ],
)
def test_numbers_of_other_languages(language: str, text: str, quote: str) -> None:
    tokens = text.split()
    match = find_quote(index_tokens(tokens, language), quote)[0]
    assert match.last == len(tokens)
    assert match.score > 0.95


def test_another_number_is_not_the_same() -> None:
    index = index_tokens(SPEECH.split(), "en")
    for quote in (
        "good evening we lost thirteen thousand jobs in 2019",
        "in 2019 and it cost us six hundred billion dollars",
    ):
        assert find_quote(index, quote)[0].score < 0.95


def test_what_the_quoter_may_have_put_in_is_matched_where_it_was_said() -> None:
    tokens = ["The", "harbour,", "she", "said,", "is", "open.", "Every", "boat", "keeps", "its", "place."]
    index = index_tokens(tokens, "en")
    match = find_quote(index, '"The harbour," she said, "is open"')[0]
    assert (match.first, match.last, match.score) == (0, 6, 1)


def test_of_a_quote_that_is_mostly_brackets_nothing_is_left_out() -> None:
    index = index_tokens(
        ["We", "now", "come", "to", "the", "order", "of", "the", "day.", "Thank", "you."], "en"
    )
    assert find_quote(index, "[Interruption.] Order.") == ()


TEXT = "The wartime wake-up call cost $10 billion, 7% of 10.000; we’re in time."
PARTS = """ten 10 10,000 $5 % we're wakeup war time … [the Lord] Mr Lind: "no," \" """
quotes = st.lists(st.sampled_from(PARTS.split()) | st.text(max_size=5), max_size=25).map(" ".join)


@given(quotes, st.sampled_from([None, "en", "de"]))
def test_every_way_through_a_lattice_is_in_order(quote: str, language: str | None) -> None:
    index = index_tokens(
        [
            "The",
            "wartime",
            "wake-up",
            "call",
            "cost",
            "$10",
            "billion,",
            "7%",
            "of",
            "10.000;",
            "we’re",
            "in",
            "time.",
        ],
        language,
    )
    reading = read_quote(quote, index.vocabulary, lambda first, second: True, index.phrases, language)
    assert bool(reading.words) == bool(reading.last)
    for number, word in enumerate(reading.words):
        assert word.text
        assert word.before
        assert all(START <= before < number for before in word.before)
        assert 0 <= word.first < word.last <= len(reading.tokens)
        for before in word.before:
            assert before == START or reading.words[before].first <= word.first
            assert word.skipped <= (0 if before == START else reading.words[before].skipped + 1)
    if reading.last:
        assert reading.length <= min(reading.words[end].skipped for end in reading.last) + 1
