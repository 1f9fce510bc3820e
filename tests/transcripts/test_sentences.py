"""Sentences inside a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.sentences import sentence_spans

CASES = {
    "en": [
        "Thank you, Mr. Smith.|I met Dr. J. R. Jones of the U.S. Army at 3 p.m. on Monday.",
        "It cost $2.5 million… and that is fine.|“We will win.”|He said so.|Really?|Yes!",
        "No. 5 is here.|In Jan. 2024 we met.|Art. 5 is clear, e.g. to me.",
        "So we go on (as you know. I hope).|That’s it.",
        "We live in the U.S.|We like it.|“Is it so?” she asked.",
        "He left at 5 p.m.|Then we ate, etc.|And so on.",
        "At least… two.|I can tell you.",
    ],
    "de": [
        "Meine Damen und Herren!|Am 3. Oktober 2023 kam Dr. Müller z. B. mit ca. 1.000 Leuten.",
        "Das ist, d. h. war, gut.|„Wir gehen.“|Sie sagte es.|Der 2. Weltkrieg war schlimm.",
        "Es waren 18 von 520.|Dann kam Prof. Meier.|Im Jahr 1912.|Und nun?",
    ],
    "fr": [
        "M. Dupont est arrivé.|Mme Kerbrat, c.-à-d. la ministre, a dit : « Non. Jamais. »|Et voilà.",
        "Art. 5 du traité.|« Prêts ? »|Oui.|J. Dupont et MM. Roux.",
    ],
    "es": ["El Sr. Pérez llegó.|Ud. sabe que EE. UU. es grande.|¿Qué pasa?|¡Nada!|La Sra. Díaz y D. Juan."],
    "it": ["Il sig. Rossi è qui.|La dott.ssa Bianchi, l’on. Neri, ecc.|Fine."],
    "nl": ["Dhr. Jansen is er.|Mevr. De Vries o.a. ook.|Dat is bijv. zo.|Klaar."],
    "pt": ["O Sr. Silva chegou.|A Sra. Costa, V. Exa. sabe.|Acabou."],
    "pl": [
        "Szanowni Państwo!|Prof. Kowalski przyjechał w 2023 r. do Polski.|Na ul. Długiej jest np. szkoła.",
        "W 2023 r. padało.|To punkt 7. porządku.|Koniec.",
    ],
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in CASES.items() for text in texts]
)
def test_sentences(language: str, text: str) -> None:
    sentences = text.split("|")
    whole = " ".join(sentences)
    assert [whole[start:end] for start, end in sentence_spans(whole, language)] == sentences


def test_other_languages() -> None:
    assert len(sentence_spans("Hej där. Hur mår ni?", "sv")) == 2
    assert len(sentence_spans("私は。あなたは？", "ja")) == 2
    assert sentence_spans("One. Two.", "xx") == ((0, 4), (5, 9))


@given(st.text(max_size=120), st.sampled_from(["en", "de", "pl", "ja", "xx"]))
def test_every_character_is_in_one_sentence(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    assert "".join(text[start:end] for start, end in spans).split() == text.split() or "".join(
        "".join(text[start:end].split()) for start, end in spans
    ) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
