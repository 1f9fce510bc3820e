"""The spoken form in eight languages: of a phrase, the likeliest words; and what else is offered for a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.languages import RULES
from asdelivered.transcripts.spoken.lines import speak


def likeliest(text: str, language: str) -> str:
    return " ".join(" ".join(token.spoken[0]) for token in speak(text.split(), language) if token.spoken)


LIKELIEST = {
    "en": [
        ("On 24 February 2022", "on twenty fourth february twenty twenty two"),
        ("on February 24, 2022", "on february twenty fourth twenty twenty two"),
        ("at 9.30 am and 10:05 pm", "at nine thirty a m and ten oh five p m"),
        (
            "EUR 50 million, € 5 million, $184 billion",
            "fifty million euros five million euros one hundred eighty four billion dollars",
        ),
        ("5 km and 2.5 m2", "five kilometers and two point five square meters"),
        ("King Charles III met Pope John XXIII.", "king charles the third met pope john the twenty third"),
        ("World War II, Article 5, Chapter IV", "world war two article five chapter four"),
        ("10½ and 2/3", "ten and a half and two thirds"),
        (
            "12/31/2024 or 2024-12-12",
            "december thirty first twenty twenty four or december twelfth twenty twenty four",
        ),
        ("30°C and CO2", "thirty degrees celsius and c o two"),
        ("+32 2 707 4111", "plus thirty two two seven hundred seven four thousand one hundred eleven"),
        ("the 1990s and the 21st century", "the nineteen nineties and the twenty first century"),
        ("from 2014-2024", "from twenty fourteen to twenty twenty four"),
        ("UNESCO, GDP, MI6, F-16, 5G", "unesco g d p m i six f sixteen five g"),
    ],
    "de": [
        ("Am 3. Oktober 2023", "am dritten oktober zweitausenddreiundzwanzig"),
        ("um 9.02 Uhr und um 14:30 Uhr", "um neun uhr zwei und um vierzehn uhr dreißig"),
        ("1,4 Mrd. Euro und 85.000 €", "eins komma vier milliarden euro und fünfundachtzigtausend euro"),
        ("€ 5 Mio. oder 62,5 %", "fünf millionen euro oder zweiundsechzig komma fünf prozent"),
        (
            "Papst Johannes XXIII. und Ludwig XIV.",
            "papst johannes der dreiundzwanzigste und ludwig der vierzehnte",
        ),
        ("7 bis 8 %, 7-8 %", "sieben bis acht prozent sieben bis acht prozent"),
        ("z. B. bzw. d. h.", "zum beispiel beziehungsweise das heißt"),
        ("z.B. ca. 700 MW", "zum beispiel circa siebenhundert megawatt"),
        ("im Jahr 1912.", "im jahr neunzehnhundertzwölf"),
        ("am 12.12.2024", "am zwölften dezember zweitausendvierundzwanzig"),
        ("1/2 und 3/4", "ein halb und drei viertel"),
        ("die EU, die NATO, das BIP", "die e u die nato das b i p"),
        ("Dr. Müller, Hr. Maier", "doktor müller herr maier"),
        ("der 2. Weltkrieg", "der zweite weltkrieg"),
        ("die 1990er", "die neunzehnhundertneunziger"),
    ],
    "fr": [
        ("Le 1er mai 2024", "le premier mai deux mille vingt quatre"),
        ("à 5 h 40 et 14h20", "à cinq heures quarante et quatorze heures vingt"),
        ("18,6 millions d’euros, 40 %", "dix huit virgule six millions d'euros quarante pour cent"),
        ("1 350 personnes", "mille trois cent cinquante personnes"),
        ("750 milliards €", "sept cent cinquante milliards d'euros"),
        ("Louis XIV, François Ier", "louis quatorze françois premier"),
        ("le XXIe siècle", "le vingt et unième siècle"),
        ("M. Dupont et Mme Kerbrat", "monsieur dupont et madame kerbrat"),
        ("l’OTAN et le PIB", "l'otan et le p i b"),
        ("1/2, 3/4, 2/3", "un demi trois quarts deux tiers"),
        ("100 km/h", "cent kilomètres heure"),
        ("le 12/11/2024", "le douze novembre deux mille vingt quatre"),
        ("de 2014-2024", "de deux mille quatorze à deux mille vingt quatre"),
    ],
    "es": [
        ("El 12 de julio de 2024", "el doce de julio de dos mil veinticuatro"),
        ("a las 17:30", "a las diecisiete y treinta"),
        ("un 2,4 % de 512.000", "un dos coma cuatro por ciento de quinientos doce mil"),
        ("5 € y 18 millones €", "cinco euros y dieciocho millones de euros"),
        ("siglo XXI, Felipe VI, Alfonso XIII", "siglo veintiuno felipe sexto alfonso trece"),
        ("el 1.º y la 2.ª", "el primero y la segunda"),
        ("el Sr. Ibarra, D. Juan", "el señor ibarra don juan"),
        ("EE. UU. y la OTAN", "estados unidos y la otan"),
        ("1/2 y 3/4", "un medio y tres cuartos"),
        ("500 km", "quinientos kilómetros"),
    ],
    "it": [
        ("Il 3 ottobre 2024", "il tre ottobre duemilaventiquattro"),
        ("alle 13.30", "alle tredici e trenta"),
        ("23,5 miliardi e il 40%", "ventitré virgola cinque miliardi e il quaranta per cento"),
        ("€ 5 mln", "cinque milioni di euro"),
        ("Giovanni XXIII e il XX secolo", "giovanni ventitreesimo e il ventesimo secolo"),
        ("il sig. Rossi e la dott.ssa Bianchi", "il signor rossi e la dottoressa bianchi"),
        ("1º gennaio", "primo gennaio"),
        ("l’1,2%", "l uno virgola due per cento"),
        ("3/4 di 1.350", "tre quarti di milletrecentocinquanta"),
    ],
    "nl": [
        ("Op 7 februari 2025", "op zeven februari tweeduizendvijfentwintig"),
        ("om 9.30 uur", "om negen uur dertig"),
        ("€ 1,75 miljard, 12%", "één komma vijfenzeventig miljard euro twaalf procent"),
        ("11.900 bedrijven", "elfduizendnegenhonderd bedrijven"),
        ("Willem II", "willem de tweede"),
        ("de NAVO en het BBP", "de navo en het b b p"),
        ("o.a. art. 5", "onder andere artikel vijf"),
        ("de 21ste eeuw", "de eenentwintigste eeuw"),
        ("1/2 en 3/4", "een half en drie kwart"),
    ],
    "pt": [
        ("19 de setembro de 2024", "dezanove de setembro de dois mil e vinte e quatro"),
        ("às 14h20 e às 17h00", "às catorze e vinte e às dezassete horas"),
        ("135.000 hectares e 6,5%", "cento e trinta e cinco mil hectares e seis vírgula cinco por cento"),
        ("João Paulo II, João XXIII, século XXI", "joão paulo segundo joão vinte e três século vinte e um"),
        ("o Sr. Silva e a Sra. Costa", "o senhor silva e a senhora costa"),
        ("o 1.º e 5 €", "o primeiro e cinco euros"),
        ("1/2 e 3/4", "um meio e três quartos"),
    ],
    "pl": [
        ("W 2023 r.", "w dwa tysiące dwudziestym trzecim roku"),
        ("22 maja 2024 r.", "dwudziestego drugiego maja dwa tysiące dwudziestego czwartego roku"),
        ("1,2 mln ton, tj. 15%", "jeden przecinek dwa miliona ton to jest piętnaście procent"),
        ("340 mln zł", "trzysta czterdzieści milionów złotych"),
        ("Jan Paweł II i XXI wiek", "jan paweł drugi i dwudziesty pierwszy wiek"),
        ("punkt 7. porządku", "punkt siódmego porządku"),
        ("o godz. 12.00", "o godzinie dwunastej"),
        ("np. ok. 3/4", "na przykład około trzy czwarte"),
        ("UE i NATO", "u e i nato"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [(language, text, spoken) for language, cases in LIKELIEST.items() for text, spoken in cases],
)
def test_likeliest_words_of_a_phrase(language: str, text: str, spoken: str) -> None:
    assert likeliest(text, language) == spoken


@pytest.mark.parametrize(
    ("language", "text", "at", "others"),
    [
        ("en", "in 2024", 1, {"two thousand twenty four", "two thousand and twenty four"}),
        ("en", "call 4111", 1, {"four one one one"}),
        ("en", "2.5 million", 0, {"two and a half"}),
        ("de", "2024 war", 0, {"zwanzig vierundzwanzig"}),
        ("de", "am 3. Oktober", 1, {"dritte", "dritter", "drei"}),
        ("de", "1 Kind", 0, {"ein", "eine", "einen"}),
        ("fr", "en 1945", 1, {"dix neuf cent quarante cinq"}),
        ("fr", "1 voix", 0, {"une"}),
        ("fr", "95 voix", 0, {"nonante cinq"}),
        ("es", "21 personas", 0, {"veintiún", "veintiuna"}),
        ("es", "a las 17:30", 2, {"diecisiete y media", "diecisiete treinta"}),
        ("it", "XX secolo", 0, {"venti"}),
        ("nl", "in 1945", 1, {"negentien vijfenveertig"}),
        ("pt", "2 pessoas", 0, {"duas"}),
        ("pl", "3 osoby", 0, {"trzech"}),
        ("pl", "od 2014 roku", 1, {"dwa tysiące czternastym", "dwa tysiące czternaście"}),
    ],
)
def test_other_words_are_offered(language: str, text: str, at: int, others: set[str]) -> None:
    offered = {" ".join(form) for form in speak(text.split(), language)[at].spoken}
    assert others <= offered


WRITTEN = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**9).map(lambda number: f"{number:,}"),
    st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", ".")),
    st.floats(0, 10**6).map(lambda number: f"{number:.2f}"),
    st.floats(0, 10**6).map(lambda number: f"{number:.1f}%".replace(".", ",")),
    st.integers(1, 31).map(lambda day: f"{day}."),
    st.integers(0, 2359).map(lambda time: f"{time // 100}:{time % 60:02}"),
    st.integers(1, 39).map(lambda number: "X" * (number // 10) + "V"),
    st.integers(1, 10**7).map(lambda number: f"€{number}"),
    st.dates().map(lambda date: date.strftime("%d.%m.%Y")),
)


@given(st.sampled_from(sorted(RULES)), st.lists(WRITTEN, min_size=1, max_size=4))
def test_whatever_is_written_in_figures_can_be_said(language: str, words: list[str]) -> None:
    for token in speak(words, language):
        assert token.spoken, token
        assert all(word.isalpha() or "'" in word for form in token.spoken for word in form)


@pytest.mark.parametrize("language", sorted(RULES))
def test_the_rules_of_a_language_are_whole(language: str) -> None:
    rules = RULES[language]
    assert len(rules.months) == 12
    for text in (rules.decimal_word, rules.range_word, rules.dot_word, rules.minus, rules.thousand):
        assert text
    assert rules.percent
    assert {"$", "€", "£"} <= rules.currencies.keys()
    for table in (rules.abbreviations, rules.units, rules.fixed):
        for key, forms in table.items():
            assert key == key.lower()
            assert forms
            assert all(form and all(word == word.lower() for word in form) for form in forms), key
