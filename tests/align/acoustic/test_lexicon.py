"""How words sound: the dictionary first, then espeak-ng, always in the phones of the model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.acoustic_model import AcousticModel, embedded_model
from asdelivered.align.acoustic.lexicon import pronounce
from asdelivered.align.errors import AlignError

VOWELS = ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"]


def ways(word: str, language: str = "en") -> list[str]:
    return [" ".join(phones) for phones in pronounce([word], language).get(word, ())]


def test_the_dictionary_gives_every_way_the_usual_first() -> None:
    assert ways("pier") == ["P IH R"]
    assert ways("the")[0] == "DH AH"
    assert set(ways("the")) >= {"DH AH", "DH IY"}
    assert set(ways("read")) == {"R EH D", "R IY D"}
    assert ways("i'll")[0].startswith("AY")


@pytest.mark.parametrize(
    ("word", "beginning", "ending"),
    [("kubilius", "K", "S"), ("türkiye", "T", ("AY", "EY", "AH", "EH")), ("zelenskyy", "Z", "IY")],
)
def test_names_that_the_dictionary_lacks_are_spelt_to_sound(
    word: str, beginning: str, ending: str | tuple[str, ...]
) -> None:
    (sound,) = ways(word)
    phones = sound.split()
    assert phones[0] == beginning
    assert phones[-1] in ending
    assert 5 <= len(phones) <= 11
    assert 2 <= sum(phone in VOWELS for phone in phones) <= 5


def test_german_is_spelt_as_german() -> None:
    assert ways("schön", "de") == ["SH ER N"]
    assert ways("ich", "de") == ["IH HH"]
    # Not the English word.
    assert ways("die", "de") == ["D IY"]


def test_a_language_that_nobody_speaks_is_refused() -> None:
    with pytest.raises(AlignError, match=r"no language 'tlh-x'.*--language"):
        pronounce(["word"], "tlh-x")


def test_nothing_to_say_is_nothing() -> None:
    assert pronounce([], "en") == {}
    assert pronounce(["’"], "en") == {}


@pytest.fixture(scope="module")
def phones() -> frozenset[str]:
    return frozenset(embedded_model().phones)


WORDS = st.one_of(
    st.text(st.characters(categories=["Ll", "Lo", "Nd", "Mn"]), min_size=1, max_size=20),
    st.text("abcdefghijklmnopqrstuvwxyzäöüßéèçñøåłşığ'", min_size=1, max_size=20),
)


@settings(max_examples=40, deadline=None)
@given(st.sets(WORDS, max_size=20), st.sampled_from(["en", "de", "fr", "tr"]))
def test_all_phones_are_the_models(phones: frozenset[str], words: set[str], language: str) -> None:
    found = pronounce(words, language)
    assert found.keys() <= words
    for choices in found.values():
        assert choices
        for choice in choices:
            assert choice
            assert set(choice) <= phones


def test_every_symbol_of_many_languages_is_known(model: AcousticModel) -> None:
    """Plain words of several languages lose hardly a sound."""
    for language, word, least in [
        ("fr", "bonjour", 5),
        ("es", "gracias", 6),
        ("pl", "dziękuję", 5),
        ("sv", "tack", 3),
        ("tr", "teşekkürler", 9),
        ("it", "grazie", 6),
        ("nl", "goedemorgen", 9),
    ]:
        (sound,) = pronounce([word], language)[word]
        assert len(sound) >= least, (language, word, sound)
        assert set(sound) <= set(model.phones)


def test_each_language_keeps_its_voice_whoever_spoke_before() -> None:
    before = pronounce(["ich"], "de")
    pronounce(["asdelivered"], "en")
    assert pronounce(["ich"], "de") == before


def test_codes_of_languages_are_espeaks() -> None:
    """espeak-ng has other names for Chinese and Norwegian."""
    assert ways("我们", "zh") == ["W OW M AH N"]
    assert ways("takk", "no") == ways("takk", "nn") == ["T AA K"]


def test_tones_and_aspiration_are_no_sounds() -> None:
    assert ways("今天", "zh") == ["CH IY N T IY EH N"]
    assert ways("题", "zh") == ["T IY"]


def test_han_in_japanese_is_read_and_not_named() -> None:
    """espeak-ng would say "Chinese letter" for each."""
    (kana,) = ways("ともっていた", "ja")
    assert kana.startswith("T OW M OW")
    (mixed,) = ways("電球が", "ja")
    assert mixed.endswith("G AA")
    assert mixed.startswith("T IY EH N")
    assert 5 <= len(mixed.split()) <= 10
    assert "L EH T" not in mixed
