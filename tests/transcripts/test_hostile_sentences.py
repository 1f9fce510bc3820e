"""Sentences that look like labels, notes, contents or data stay spoken wherever they stand in the body of a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from transcript_goldens import PAGES

from asdelivered.transcripts.document import Document, Row
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.languages.detection import DEFAULT, detect_language
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import read_source
from asdelivered.transcripts.structure.page import read_page

SENTENCES = [
    "First: the ferry sails again, and I am glad.",
    "Second: The quay follows in June.",
    "Well ..... I think we will manage it.",
    "6:24 in the morning is when it sails.",
    "WE WILL NOT GIVE UP ON THIS OLD FERRY.",
    "The meeting was adjourned yesterday, she said.",
    "10, 9, 8, 7, 6.",
    "Applause is not what I came for.",
    "Date: I have none to give you.",
    "Ladies and gentlemen",
    "[We] did it, and it was not easy.",
    "The question put to us was hard.",
    "Page 12 is what you should read.",
    "Contact: that is all we want from them.",
    "24 February 2022 is a date we all remember.",
    "Transcript or no transcript, I said it.",
    "Check against delivery, they always write.",
    "Mr Secretary-General",
    "Time: we have none.",
    "1. We build the quay.",
    "2) We dredge the channel.",
    "* We build it, star or no star.",
    "My answer: No.",
    "Note: This is important.",
    "P.S. I love that old ferry.",
    "U.S. and U.K. ships sailed.",
    "Thank you, Ann Hill.",
    "Herr Präsident, meine Damen und Herren",
    "Ich sage: Nein.",
    "Premièrement : Nous construisons le quai.",
    "Primero: Construimos el muelle.",
    "Po pierwsze: Budujemy nabrzeże.",
    "Во-первых: Мы строим причал.",
    "第一：我们修建码头。",
    "أولا: نبني الرصيف.",
    "Signor Presidente, onorevoli colleghi,",
    "The meeting starts at nine in the morning.",
    "Questions from the chair are the hardest ones.",
    "He was sworn in, and she was not.",
    "On behalf of the town: thank you.",
    "At 3 p.m. we called the meeting off.",
    "Guests are what we want: more of them.",
    "以上就是我的意见。",
]
LABEL_LIKE = [
    "Question: is this what you wanted, I was asked.",
    "A: that is the first letter.",
    "The President: a man of few words.",
    "WHO. UNICEF. WFP.",
    "Q. and A. were the letters on the door.",
    "A. is for apple, and B. is for boat.",
    "Q - what a letter.",
    "P. Smith was there.",
    "Speaker: that is my title.",
    "Speaker: That is my title.",
    "Answer: No.",
    "Mr. Smith. That was the name they called.",
    "Chairman Powell: a good man.",
    "Die Frage: Wer zahlt das?",
    "Meine Antwort: Niemand.",
    "Pytanie: kto zapłaci?",
    "Вопрос: кто платит?",
    "問題：誰が払うのか。",
    "Old Ferry Quay",
]
"""Nothing but the recording tells these from a label."""


def places(document: Document, language: str) -> Iterator[int]:
    """The rows of a page that are spoken."""
    for turn in read_page(document, language).turns:
        for line in turn.lines:
            if line.kind is LineKind.SPOKEN:
                yield int(line.id[1:].rstrip("s")) - 1


def with_sentence(document: Document, at: int, sentence: str) -> Document:
    """The page with a sentence as a row of its own below the row `at`."""
    rows = document.rows
    spaced = any(row.text.isspace() for row in rows)
    added = [Row("\n"), Row(f"{sentence}\n")] if spaced else [Row(f"{sentence}\n")]
    return replace(document, rows=(*rows[: at + 1], *added, *rows[at + 1 :]))


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda page: page.name)
def test_what_is_said_stays_spoken_wherever_it_stands(page: Path) -> None:
    _, document = read_document(read_source(page))
    text = "".join(row.text for row in document.rows if row.kind is None)
    language = detect_language(text, document.language or DEFAULT)
    lost = [
        (sentence, at + 1)
        for at, sentence in dealt(places(document, language), SENTENCES)
        if not is_spoken(sentence, with_sentence(document, at, sentence), language)
    ]
    assert lost == []


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda page: page.name)
def test_what_may_be_a_label_as_well_is_left_to_the_recording(page: Path) -> None:
    _, document = read_document(read_source(page))
    text = "".join(row.text for row in document.rows if row.kind is None)
    language = detect_language(text, document.language or DEFAULT)
    spoken = list(places(document, language))
    lost = [
        (sentence, at + 1)
        for at, sentence in dealt(spoken[:: max(1, len(spoken) // 6)], LABEL_LIKE)
        if not is_to_be_aligned(sentence, with_sentence(document, at, sentence), language)
    ]
    assert lost == []


def dealt(places: Iterable[int], sentences: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every place with a third of the sentences, and every sentence at a third of the places."""
    return ((at, sentence) for turn, at in enumerate(places) for sentence in sentences[turn % 3 :: 3])


def is_to_be_aligned(sentence: str, document: Document, language: str) -> bool:
    """Whether a sentence is in the text for the aligner, as one line, or as an optional label and speech."""
    lines = (line for turn in read_page(document, language).turns for line in turn.lines)
    texts = ["".join(line.text.split()) for line in lines if line.kind is LineKind.SPOKEN or line.optional]
    return "".join(sentence.split()) in {*texts, *map("".join, pairwise(texts))}


def is_spoken(sentence: str, document: Document, language: str) -> bool:
    lines = (line for turn in read_page(document, language).turns for line in turn.lines)
    return any(line.kind is LineKind.SPOKEN and line.text == sentence for line in lines)
