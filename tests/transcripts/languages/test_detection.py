"""The language of a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.languages.detection import detect_language
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import read_source

PAGES = Path(__file__).parent.parent / "pages"
SENTENCES = {
    "en": "Thank you all for coming, and for the patience that you have shown.",
    "de": "Ich danke Ihnen, dass Sie gekommen sind, und für die Geduld.",
    "fr": "Je vous remercie d’être venus si nombreux, et de votre patience.",
    "es": "Muchas gracias a todos por venir, y por la paciencia que han mostrado.",
    "it": "Buongiorno a tutti e grazie per essere venuti così numerosi.",
    "nl": "Goedemiddag allemaal. We hebben vandaag in de ministerraad over het geld gesproken.",
    "pt": "Bom dia a todos. Muito obrigado por terem vindo, e não temos muito tempo.",
    "pl": "Szanowni Państwo, dziękuję bardzo za przybycie i za cierpliwość.",
    "sv": "God morgon, och tack för att ni kom hit idag. Det är viktigt.",
    "no": "God morgen, og takk for at dere kom hit i dag. Vi vet ikke hva som skjer, av og til.",
    "da": "Godmorgen, og tak fordi I er kommet her i dag. Vi ved ikke hvad der sker af og til.",
    "fi": "Hyvää huomenta. On tärkeää, että me olemme täällä, mutta se ei ole kaikki.",
    "cs": "Dobrý den. Je to důležité, ale není to všechno, co jsme chtěli říct.",
    "hu": "Jó reggelt. Ez nagyon fontos, de nem ez az, amit már mondani kell.",
    "ro": "Bună dimineața. Este foarte important, dar nu este tot ce am vrut să spun.",
    "uk": "Шановні пані та панове, це є важливо для нас, але не на довго.",
    "ru": "Уважаемые дамы и господа, это важно для нас, но не надолго, и мы это знаем.",
    "el": "Κυρίες και κύριοι, σήμερα μιλάμε για την ασφάλεια της χώρας.",
    "tr": "Sayın Başkan, bu çok önemli bir konu ve biz bunun için buradayız.",
    "ja": "皆さん、こんにちは。今日は安全保障について話します。",
    "zh": "女士们先生们，今天我们谈谈安全问题。",
    "ko": "신사 숙녀 여러분, 안녕하십니까.",
    "he": "גבירותיי ורבותיי, היום אנו מדברים על ביטחון",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_or_two(language: str) -> None:
    assert detect_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "NATO", "2024", "Thank you.", "Hmm!", "\ud800", "北"])
def test_too_short_to_tell(text: str) -> None:
    assert detect_language(text, "xx") in ("xx", "en", "zh")


def test_every_page(seed_page: Path) -> None:
    known = {
        "sejm-": "pl",
        "persc": "nl",
        "moncl": "es",
        "gover": None,
        "elyse": "fr",
        "regie": "de",
        "angel": "it",
    }
    for page in PAGES.iterdir():
        expected = page.stem[-2:] if page.stem[-3] == "-" else known.get(page.name[:5], "en")
        if expected:
            assert read_transcript(page).language == expected, page
    text = decode(read_source(seed_page))
    assert {detect_language(text[at : at + 1500]) for at in range(0, len(text), 1500)} == {"en"}


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert detect_language(text).islower()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Kjære alle, det er godt å være her. Jeg vil takke dere for arbeidet, og vi må gjøre mer av det.",
            "no",
        ),
        (
            "Kære alle, det er godt at være her. Jeg vil takke jer for arbejdet, og vi skal gøre mere af det.",
            "da",
        ),
        ("Паром идёт, и мы рады.", "ru"),
        ("Το πλοίο φεύγει και χαιρόμαστε.", "el"),
        ("Пором вирушає і ми раді.", "uk"),
    ],
)
def test_languages_that_are_close_and_texts_that_are_short(text: str, language: str) -> None:
    assert detect_language(text) == language
