"""Where a captioner would break, and where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.subtitles.cueing.breaks import Break, break_levels
from asdelivered.subtitles.cueing.units import units_of


def level(text: str, language: str = "en") -> Break:
    """The level of the break that a bar marks."""
    words = text.split()
    at = words.index("|")
    return break_levels([word for word in words if word != "|"], language)[at - 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We want peace. | And we want it now.", Break.SENTENCE),
        ("We want “peace.” | And we want it now.", Break.SENTENCE),
        ("But why? | Because we can.", Break.SENTENCE),
        ("It began in 2022. | In Europe it goes on.", Break.SENTENCE),
        ("Thank you Rosa, | and good morning.", Break.CLAUSE_MARK),
        ("I will be clear: | we do not.", Break.CLAUSE_MARK),
        ("We did it – | and how we did it.", Break.CLAUSE_MARK),
        ("I know | that you are here.", Break.CLAUSE),
        ("We will stay | because it matters.", Break.CLAUSE),
        ("We saw the people | who live in the city.", Break.CLAUSE),
        ("He bought the house | and we sold the car.", Break.CLAUSE),
        ("I saw the capabilities | they provide.", Break.CLAUSE),
        ("We spoke to the citizens | living in NATO countries.", Break.CLAUSE),
        ("We need more money | to buy the ships.", Break.CLAUSE),
        ("We met many people | in the big room.", Break.PHRASE),
        ("The Allied countries | are spending more.", Break.PHRASE),
        ("They sell tanks | and armoured vehicles, as they did.", Break.PHRASE),
        ("We see the | war from here.", Break.TIED),
        ("We see our | war from here.", Break.TIED),
        ("He came from | Ukraine to us.", Break.TIED),
        ("Now Mr. | Rutte speaks to us.", Break.TIED),
        ("Now Mark | Rutte speaks to us.", Break.TIED),
        ("Many more join | us from here.", Break.BOUND),
        ("They spent | – so they say – nothing.", Break.BOUND),
        ("It costs 184 | billion euros today.", Break.TIED),
        ("It costs $184 | billion a year today.", Break.TIED),
        ("We have | seen this before.", Break.TIED),
        ("They have a | 1,000 nuclear weapons.", Break.TIED),
        ("They have a 1,000 | nuclear weapons.", Break.BOUND),
        ("We will not do it now | because he wants it.", Break.CLAUSE),
        ("We can go now | that he is here.", Break.BOUND),
        ("They want | it now.", Break.WORD),
        ("A lot needs to be done | to keep peace.", Break.CLAUSE),
        ("They bought ships, planes, etc. | Because we need them.", Break.SENTENCE),
        ("They bought ships, etc. | because we need them.", Break.CLAUSE),
        ("They will | not come to us.", Break.TIED),
        ("It was a very | good speech today.", Break.BOUND),
        ("It was a good | speech today for us.", Break.BOUND),
        ("The defence | industry has grown since.", Break.BOUND),
        ("And | we want it now.", Break.TIED),
        ("They carried | out an attack.", Break.BOUND),
        ("We | are here today.", Break.TIED),
        ("It is | a very good question.", Break.TIED),
        ("They are | in positions of influence.", Break.TIED),
        ("The plan is | that we stay here.", Break.BOUND),
        ("It is great to see so | many people here.", Break.TIED),
        ("We saw three or | four big companies.", Break.TIED),
        ("We know how | to share that now.", Break.TIED),
        ("We know those | who live in the city.", Break.CLAUSE),
        ("We know many | of you from before.", Break.BOUND),
        ("Another needs it | to open upwards.", Break.BOUND),
        ("We are able to use it | against them.", Break.PHRASE),
        ("It grew in 2014 | and it was slow.", Break.CLAUSE),
        ("Larger and more | frequent exercises are held.", Break.GRADED),
        ("It began three years | ago in the city.", Break.BOUND),
        ("Now Mr | Rutte speaks to us.", Break.TIED),
    ],
)
def test_english(text: str, expected: Break) -> None:
    assert level(text) is expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Wir sehen den | Krieg von hier.", Break.TIED),
        ("de", "Wir haben lange | gewartet auf den Tag, weil es so war.", Break.BOUND),
        ("de", "Er kommt aus | Brüssel zu uns.", Break.TIED),
        ("de", "Wir treffen uns | in der großen Halle.", Break.PHRASE),
        ("de", "Er war von Geburt | an ebenfalls Bürger der Stadt.", Break.BOUND),
        ("de", "Schon zwei Tage | später war sie vertan.", Break.BOUND),
        ("de", "Zwei Tage später | war die Chance vertan.", Break.WORD),
        ("de", "Damals erforschte | er die Krankheit.", Break.BOUND),
        ("de", "Die Grenze war | lange Zeit umstritten.", Break.BOUND),
        ("de", "Die Grenze ist | gezogen worden.", Break.TIED),
        ("nl", "Wij zien de | oorlog van hier.", Break.TIED),
        ("nl", "Hij blijft hier | omdat het moet.", Break.CLAUSE),
        ("fr", "Nous voyons la | guerre d'ici.", Break.TIED),
        ("fr", "Nous restons ici | parce que c'est important.", Break.CLAUSE),
        ("fr", "Nous avons | vu cela avant.", Break.TIED),
        ("fr", "La commission | européenne se réunit.", Break.BOUND),
        ("fr", "Ceux qui nous | regardent le savent.", Break.TIED),
        ("fr", "Elle pourrait se | mettre d'accord.", Break.TIED),
        ("fr", "Nous remercions Mme | la ministre.", Break.TIED),
        ("fr", "Il dure depuis trois | ans déjà.", Break.TIED),
        ("es", "Sabes cuánto te | quiere tu hermano.", Break.TIED),
        ("es", "Hablamos de lo | que nos importa.", Break.TIED),
        ("es", "Celebraré no haber | defraudado tus esperanzas.", Break.TIED),
        ("es", "Vemos la | guerra desde aquí.", Break.TIED),
        ("it", "La commissione | europea si riunisce.", Break.BOUND),
        ("it", "Vediamo la | guerra da qui.", Break.TIED),
        ("pt", "Vemos a | guerra daqui.", Break.TIED),
        ("pl", "Mieszkamy w | Warszawie od lat.", Break.TIED),
        ("uk", "Ми живемо в | Києві багато років.", Break.TIED),
        ("ru", "Мы живём в | Москве много лет.", Break.TIED),
    ],
)
def test_other_languages(language: str, text: str, expected: Break) -> None:
    assert level(text, language) is expected


@pytest.mark.parametrize("before", ["U.S.", "J.", "Dr.", "e.g."])
def test_a_full_stop_that_ends_no_sentence(before: str) -> None:
    assert break_levels([before, "Army"], "en")[0] > Break.CLAUSE_MARK


def test_a_region_is_no_other_language() -> None:
    assert break_levels(["the", "war"], "en-GB") == [Break.TIED]


def test_punctuation_counts_in_every_language() -> None:
    words = ["Dat", "is,", "wie", "gezeid,", "de", "Krieg.", "En", "nou?"]
    found = break_levels(words, "xx")
    assert [found[1], found[3], found[5]] == [Break.CLAUSE_MARK, Break.CLAUSE_MARK, Break.SENTENCE]
    assert found[0] is Break.WORD


@pytest.mark.parametrize("words", [[], ["one"]])
def test_nothing_to_break(words: list[str]) -> None:
    assert break_levels(words, "en") == []


ANY = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=9)


@given(st.lists(ANY, max_size=12), st.sampled_from(["en", "de", "nl", "fr", "xx"]))
def test_whatever_the_words_each_place_has_a_level(words: list[str], language: str) -> None:
    assert len(break_levels(words, language)) == max(0, len(words) - 1)


def thai_breaks(text: str) -> dict[str, Break]:
    """The level after each part of a text, by the parts up to it."""
    units = units_of([text])
    words = [unit.text for unit in units]
    levels = break_levels(words, "th", [unit.glued for unit in units])
    return {"".join(words[: at + 1]): level for at, level in enumerate(levels)}


def test_thai_breaks_after_a_polite_particle_and_before_a_time_with_its_subject() -> None:
    found = thai_breaks("สวัสดีครับทุกท่านวันนี้เราจะพูดคุยกัน")
    assert found["สวัสดี"] is Break.BOUND
    assert found["สวัสดีครับ"] is Break.CLAUSE
    assert found["สวัสดีครับทุกท่าน"] is Break.CLAUSE
    assert found["สวัสดีครับทุกท่านวัน"] is Break.BOUND
    assert found["สวัสดีครับทุกท่านวันนี้"] is Break.BOUND


def test_a_thai_time_after_its_verb_begins_nothing() -> None:
    found = thai_breaks("เรามาวันนี้เพื่อพูดคุย")
    assert found["เรามา"] is not Break.CLAUSE
    assert found["เรามาวัน"] is Break.BOUND


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ceux qui nous regardent | ne nous pardonneraient jamais", "fr", Break.PHRASE),
        ("ne | nous pardonneraient", "fr", Break.TIED),
        ("je | vous dis", "fr", Break.TIED),
        ("la Unión Europea | no sabe decidir", "es", Break.PHRASE),
        ("Il governo | non ha deciso", "it", Break.PHRASE),
        ("un nouveau | conseil", "fr", Break.BOUND),
        ("el próximo | gobierno", "es", Break.BOUND),
        ("le prix est bas | pour nous", "fr", Break.PHRASE),
        ("en menos | de seis meses", "es", Break.BOUND),
        ("400 millions | d'euros", "fr", Break.BOUND),
        ("Правительство | не решило", "ru", Break.PHRASE),
        ("zwei Teams hatten den Spielbetrieb | eingestellt", "de", Break.BOUND),
    ],
)
def test_what_stands_before_a_verb_or_a_noun_leans_on_it(text: str, language: str, expected: Break) -> None:
    assert level(text, language) is expected
