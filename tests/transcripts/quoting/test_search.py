"""Quotes in a text: found wherever they stand and whatever was done to them, and nothing where there is nothing."""

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mangling import mangle, respell
from quote_search import false_finds, search, spoken_tokens, ten_hours

from asdelivered.transcripts.quoting.search import LONGEST_QUOTE, QuoteMatch, find_quote, index_tokens
from asdelivered.transcripts.quoting.words import comparable_words

PAGES = Path(__file__).parents[1] / "pages"
PASSAGE = (
    "Thank you. We’re not ready for what is coming our way in four to five years. "
    "It took 10.000 “heroic” soldiers – and not one of Türkiye’s wake-up calls… did we hear? "
    "I visited engineers at Thales in France, a Rheinmetall factory –no, not in Germany, in Italy. "
    "We can do this. We have done it before. We can do it again. Thank you. "
    "Sometimes, for a very long time, nothing whatever happens anywhere along the old canal and its towpath. "
    "Defence spending has gone up. Innovation has accelerated. Thank you."
)
TEXT = PASSAGE.split()
INDEX = index_tokens(TEXT)
RESPELT = (
    "We shift to a wartime mindset. It pays for our defence programmes and more. It’s been a hard labour so far. "
    "Then the organisation traveled north. And the wake-up call came in four to five years. It cost $184 billion."
)


def found(quote: str) -> list[str]:
    return [" ".join(TEXT[match.first : match.last]) for match in find_quote(INDEX, quote)]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("what is coming our way", "what is coming our way"),
        ("WE'RE NOT READY", "We’re not ready"),
        ("we are not ready for what is coming", "We’re not ready for what is coming"),
        ('10,000 "heroic" soldiers', "10.000 “heroic” soldiers"),
        ("not one of Turkiye's wake up calls", "not one of Türkiye’s wake-up calls…"),
        ("heroic soldiers and not one", "“heroic” soldiers – and not one"),
        ("I visited some engineers at Thales", "I visited engineers at Thales"),
        ("I visited Thales in France", "I visited engineers at Thales in France,"),
        ("a Rhinemetal factory in Italy", "a Rheinmetall factory –no, not in Germany, in Italy."),
        ("Inovation has acelerated.", "Innovation has accelerated."),
        ("before. We can do it", "before. We can do it"),
        (
            "I visited engineers at Thales … We can do this.",
            "I visited engineers at Thales in France, a Rheinmetall factory –no, not in Germany, in Italy. "
            "We can do this.",
        ),
        (
            "nothing whatever happens [...] innovation has accelerated",
            "nothing whatever happens anywhere along the old canal and its towpath. Defence spending has gone up. "
            "Innovation has accelerated.",
        ),
    ],
)
def test_a_quote_is_found(quote: str, passage: str) -> None:
    assert found(quote)[0] == passage


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…",
        "– !",
        "Nobody has ever said such a thing here",
        "In 1912",
        "the end of the year is a good time for us",
        "before done have we this again can do never soldiers",
        "Zażółć gęślą jaźń",
        "Thales " * (LONGEST_QUOTE + 1),
    ],
)
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_quote(INDEX, quote) == ()


def test_equal_places_come_in_order_and_the_better_one_first() -> None:
    assert [match.first for match in find_quote(INDEX, "Thank you.")] == [0, 62, 89]
    assert found("We can do it again")[0] == "We can do it again."
    assert find_quote(INDEX, "thank you", limit=2) == find_quote(INDEX, "thank you")[:2]
    assert find_quote(INDEX, "thank you", limit=0) == ()


def test_a_worse_quote_has_a_lower_score() -> None:
    quotes = [
        "We are not ready for what is coming our way in four to five years",
        "We are not ready for what is coming our way in four or five years",
        "We are not ready for what is coming our road in four or five years",
        "We are not prepared for what is coming our road in four or five years",
    ]
    scores = [find_quote(INDEX, quote)[0].score for quote in quotes]
    assert scores[0] == find_quote(INDEX, "We’re" + quotes[0][6:])[0].score == 1
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_an_empty_text_has_no_quotes() -> None:
    assert find_quote(index_tokens([]), "anything") == ()
    assert find_quote(index_tokens(["–", "…"]), "anything") == ()


def test_scripts_without_blanks() -> None:
    index = index_tokens(["私たちは準備ができていません。", "次の戦争を防ぐことができます。"])
    assert find_quote(index, "戦争を防ぐことができます")[0] == QuoteMatch(1, 2, 1.0)


def test_matches_and_indices_pickle() -> None:
    matches = find_quote(pickle.loads(pickle.dumps(INDEX)), "Rheinmetall factory")
    assert pickle.loads(pickle.dumps(matches)) == find_quote(INDEX, "Rheinmetall factory")


words = st.sampled_from(
    ["a", "the", "of", "house", "we", "can", "it's", "don’t", "7%", "wake-up", "…", "–", "Zoë"]
)


@given(st.lists(words | st.text(min_size=1, max_size=6), min_size=1, max_size=60), st.data())
def test_every_passage_is_found_whole(parts: list[str], data: st.DataObject) -> None:
    tokens = " ".join(parts).split()
    assume(tokens)
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first + 1, len(tokens)))
    passage = tokens[first:last]
    # What joins digits or marks a gap in a quote may be read otherwise when it stands alone.
    assume(any(map(str.isalnum, "".join(passage))) and not any("." in token for token in passage))
    matches = find_quote(index_tokens(tokens), " ".join(passage), limit=len(tokens))
    whole = [tokens[match.first : match.last] for match in matches if match.score == 1]
    assert any(set(span) & set(passage) for span in whole)
    assert all(one.score >= other.score for one, other in pairwise(matches))


@given(st.lists(words | st.text(min_size=1, max_size=6), min_size=3, max_size=60), st.data())
def test_the_same_words_are_always_found_first(parts: list[str], data: st.DataObject) -> None:
    tokens = " ".join(parts).split()
    assume(len(tokens) >= 3)
    first = data.draw(st.integers(0, len(tokens) - 3))
    quote = " ".join(tokens[first : data.draw(st.integers(first + 3, len(tokens)))])
    assume(comparable_words(quote))
    match = find_quote(index_tokens(tokens), quote)[0]
    assert match.score == 1
    assert comparable_words(quote) == comparable_words(" ".join(tokens[match.first : match.last]))


@pytest.mark.parametrize("length", [1_000, 84_000])
def test_the_same_words_are_found_however_common_and_however_long_the_text(length: int) -> None:
    random = Random(5)
    common = ["that", "it", "is", "also", "a", "the", "we", "of", "to", "and"]
    tokens = random.choices(common, weights=range(10, 0, -1), k=length)
    index = index_tokens(tokens)
    for _ in range(30):
        first, words = random.randrange(length - 12), random.randint(3, 12)
        quote = tokens[first : first + words]
        match = find_quote(index, " ".join(quote), 1)[0]
        assert tokens[match.first : match.last] == quote
        assert match.score == 1


@given(st.lists(st.text(max_size=8), max_size=40), st.text(max_size=200))
def test_anything_may_be_asked_of_anything(tokens: list[str], quote: str) -> None:
    matches = find_quote(index_tokens(tokens), quote)
    for match in matches:
        assert 0 <= match.first < match.last <= len(tokens)
        assert 0 < match.score <= 1
    spans = sorted((match.first, match.last) for match in matches)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("page", ["hearing-en.txt", "plenary-de.txt", "press-fr.txt"])
def test_mangled_quotes_are_found_first(page: str) -> None:
    tokens = spoken_tokens(PAGES / page)
    random = Random(page)
    findings = search(index_tokens(tokens), [mangle(random, tokens) for _ in range(300)])
    assert findings.right >= 0.985 * findings.quotes


def test_mangled_quotes_of_the_seed_page(seed_page: Path, slowness: Callable[[], float]) -> None:
    tokens = spoken_tokens(seed_page)
    random = Random(500)
    findings = search(index_tokens(tokens), [mangle(random, tokens) for _ in range(500)])
    assert findings.right >= 0.99 * findings.quotes
    assert findings.total / findings.quotes < 0.005 * slowness()


def test_mangled_short_quotes_of_the_seed_page(seed_page: Path) -> None:
    tokens, random = spoken_tokens(seed_page), Random(3)
    findings = search(index_tokens(tokens), [mangle(random, tokens, 5, 7) for _ in range(300)])
    assert findings.right >= 0.89 * findings.quotes


def test_a_short_quote_is_found_by_few_words_where_no_other_place_is_like_it() -> None:
    apart = "the keeper lit a lantern on the pier. We went home and it was late."
    alike = (
        "the keeper lit a lantern on the pier. A ship hit a lantern on a buoy. He sold a lantern on Monday."
    )
    quote = "somebody had a lantern on there"
    assert find_quote(index_tokens(apart.split()), quote)
    assert not find_quote(index_tokens(alike.split()), quote)


def test_quotes_that_are_spelt_otherwise(seed_page: Path) -> None:
    tokens = spoken_tokens(seed_page)
    random = Random(77)
    quotes = [quote for _ in range(300) if (quote := respell(random, tokens)) is not None]
    assert len(quotes) > 150
    findings = search(index_tokens(tokens), quotes)
    assert findings.right == findings.quotes
    assert findings.exact >= 0.98 * findings.quotes


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("a war time mind set", "a wartime mindset."),
        ("our defense programs", "our defence programmes"),
        ("its been a hard labor", "It’s been a hard labour"),
        ("the organization travelled", "the organisation traveled"),
        ("the wakeup call", "the wake-up call"),
        ("in 4 to 5 years", "in four to five years."),
        ("184 billion dollars", "$184 billion."),
    ],
)
def test_other_ways_to_spell(quote: str, passage: str) -> None:
    text = RESPELT.split()
    match = find_quote(index_tokens(text), quote)[0]
    assert " ".join(text[match.first : match.last]) == passage
    assert match.score >= 0.9


def test_sentences_that_are_not_in_the_seed_page(corpus: Path, seed_page: Path) -> None:
    index = index_tokens(spoken_tokens(seed_page))
    read = "".join((corpus / f"real-en-{name}.txt").read_text("utf-8") for name in ("kathleen", "ocean"))
    sentences = [*read.splitlines(), *sentences_of(PAGES / "hearing-en.txt")]
    assert len(sentences) > 350
    said = " ".join(index.text)
    assert [one for one in false_finds(index, sentences) if one in said] == ["Thank you.", "Thank you."]
    assert len(false_finds(index, sentences)) - 2 <= len(sentences) // 150


def test_a_sentence_taken_out_of_a_page_is_not_found() -> None:
    sentences = [sentence for sentence in sentences_of(PAGES / "hearing-en.txt") if len(sentence.split()) > 9]
    out = Random(3).sample(sentences, 40)
    kept = index_tokens(" ".join(sentence for sentence in sentences if sentence not in out).split())
    assert len(false_finds(kept, out)) <= 1


def sentences_of(page: Path) -> list[str]:
    text = " ".join(spoken_tokens(page))
    return [
        sentence for sentence in text.replace("? ", "?|").replace(". ", ".|").split("|") if " " in sentence
    ]


def test_ten_hours_and_many_quotes(slowness: Callable[[], float]) -> None:
    random = Random(10)
    tokens = [word for page in sorted(PAGES.glob("*.txt")) for word in spoken_tokens(page)]
    began = time.process_time()
    index = index_tokens(ten_hours(tokens, random))
    findings = search(index, [mangle(random, tokens) for _ in range(200)])
    assert findings.right >= 0.98 * findings.quotes
    assert time.process_time() - began < (200 * 0.005 + 0.5) * slowness()


def test_the_first_search_of_a_process_is_as_quick_as_any(slowness: Callable[[], float]) -> None:
    script = (
        "import sys, time\nfrom asdelivered.transcripts.quoting.search import find_quote, index_tokens\n"
        "index = index_tokens(sys.argv[1].split() * 20)\nbegan = time.process_time()\n"
        "assert find_quote(index, 'Defence spending has gnoe up.')\nprint(time.process_time() - began)"
    )
    text = " ".join(TEXT)
    runs = [
        subprocess.run([sys.executable, "-c", script, text], capture_output=True, text=True, check=True)
        for _ in range(3)  # what else the machine does may slow one
    ]
    assert min(float(run.stdout) for run in runs) < 0.005 * slowness()
