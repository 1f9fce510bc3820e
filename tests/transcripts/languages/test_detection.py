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


SHORT = """
en We opened the new bridge early this morning.
en Nobody told them about the plan before Monday.
en Ships leave every hour when weather allows.
en Prices rose again last month, said the minister.
de Wir haben heute morgen die neue Brücke eröffnet.
de Niemand hat ihnen vor Montag davon erzählt.
de Schiffe fahren jede Stunde, wenn das Wetter passt.
de Preise stiegen im letzten Monat erneut deutlich.
fr Nous avons ouvert le nouveau pont ce matin.
fr Personne ne leur avait parlé du projet avant lundi.
fr Bateaux et trains partent toutes les heures.
fr Ils veulent une réponse claire avant demain soir.
es Hoy hemos abierto el nuevo puente de la ciudad.
es Nadie les habló del plan antes del lunes.
es Barcos salen cada hora si hace buen tiempo.
es Quieren una respuesta clara antes de mañana.
it Stamattina abbiamo aperto il nuovo ponte della città.
it Nessuno aveva parlato loro del progetto prima di lunedì.
it Navi partono ogni ora quando fa bel tempo.
it Vogliono una risposta chiara entro domani sera.
pt Hoje de manhã abrimos a nova ponte da cidade.
pt Ninguém lhes falou do plano antes de segunda-feira.
pt Navios saem a cada hora quando faz bom tempo.
pt Querem uma resposta clara até amanhã à noite.
nl Vanmorgen hebben we de nieuwe brug geopend.
nl Niemand had hen voor maandag iets verteld.
nl Schepen vertrekken elk uur bij mooi weer.
nl Prijzen stegen vorige maand opnieuw, zei de minister.
sv Vi öppnade den nya bron tidigt i morse.
sv Ingen berättade om planen före måndag.
sv Fartyg avgår varje timme när vädret tillåter.
sv Priserna steg igen förra månaden, sade ministern.
da Vi åbnede den nye bro tidligt i morges.
da Ingen fortalte dem om planen før mandag.
da Skibe sejler hver time, når vejret tillader det.
da Priserne steg igen sidste måned, sagde ministeren.
no Vi åpnet den nye broen tidlig i dag morges.
no Ingen fortalte dem noe om planen før mandag.
no Skip seiler hver time når været tillater det.
no Prisene steg igjen forrige måned, sa statsråden.
fi Avasimme uuden sillan varhain tänä aamuna.
fi Kukaan ei kertonut heille suunnitelmasta ennen maanantaita.
fi Laivat lähtevät joka tunti kun sää sallii.
fi Hinnat nousivat jälleen viime kuussa, sanoi ministeri.
et Avasime täna varahommikul uue silla üle jõe.
et Keegi ei rääkinud neile plaanist enne esmaspäeva.
et Laevad väljuvad iga tund, kui ilm lubab.
et Hinnad tõusid eelmisel kuul taas, ütles minister.
pl Dziś rano otworzyliśmy nowy most nad rzeką.
pl Nikt nie powiedział im o planie przed poniedziałkiem.
pl Statki odpływają co godzinę przy dobrej pogodzie.
pl Ceny wzrosły ponownie w zeszłym miesiącu, powiedział minister.
cs Dnes ráno jsme otevřeli nový most přes řeku.
cs Nikdo jim o plánu před pondělím neřekl.
cs Lodě odplouvají každou hodinu za dobrého počasí.
cs Ceny minulý měsíc znovu vzrostly, řekl ministr.
sk Dnes ráno sme otvorili nový most cez rieku.
sk Nikto im o pláne pred pondelkom nepovedal.
sk Lode odchádzajú každú hodinu za dobrého počasia.
sk Ceny minulý mesiac opäť vzrástli, povedal minister.
hu Ma reggel megnyitottuk az új hidat a folyó felett.
hu Senki sem beszélt nekik a tervről hétfő előtt.
hu Hajók óránként indulnak, ha jó az idő.
hu Múlt hónapban ismét emelkedtek az árak.
ro Azi dimineață am deschis noul pod peste râu.
ro Nimeni nu le-a vorbit despre plan înainte de luni.
ro Navele pleacă în fiecare oră când vremea permite.
ro Prețurile au crescut din nou luna trecută.
hr Jutros smo otvorili novi most preko rijeke.
hr Nitko im prije ponedjeljka nije govorio o planu.
hr Brodovi plove svakog sata kada vrijeme dopušta.
hr Cijene su prošlog mjeseca ponovno porasle.
sl Danes zjutraj smo odprli novi most čez reko.
sl Nihče jim pred ponedeljkom ni povedal za načrt.
sl Ladje odplujejo vsako uro, kadar vreme dopušča.
sl Cene so prejšnji mesec spet narasle.
lt Šį rytą atidarėme naują tiltą per upę.
lt Niekas jiems apie planą iki pirmadienio nesakė.
lt Laivai išplaukia kas valandą, kai leidžia oras.
lt Praėjusį mėnesį kainos vėl pakilo, sakė ministras.
lv Šorīt mēs atklājām jauno tiltu pār upi.
lv Neviens viņiem par plānu pirms pirmdienas nestāstīja.
lv Kuģi atiet katru stundu, kad laiks atļauj.
lv Pagājušajā mēnesī cenas atkal pieauga, sacīja ministrs.
tr Bu sabah nehrin üzerindeki yeni köprüyü açtık.
tr Pazartesiden önce kimse onlara plandan söz etmedi.
tr Gemiler hava uygunsa her saat kalkıyor.
tr Bakan geçen ay fiyatların yeniden arttığını söyledi.
ca Aquest matí hem obert el nou pont de la ciutat.
ca Ningú no els va parlar del pla abans de dilluns.
ca Els vaixells surten cada hora quan fa bon temps.
ca Els preus van tornar a pujar el mes passat.
ga D'oscail muid an droichead nua go luath ar maidin.
ga Níor inis aon duine dóibh faoin bplean roimh an Luan.
cy Agorwyd y bont newydd gennym yn gynnar y bore yma.
cy Ni soniodd neb wrthynt am y cynllun cyn dydd Llun.
sq Sot në mëngjes hapëm urën e re mbi lumë.
sq Askush nuk u foli për planin para së hënës.
is Við opnuðum nýju brúna snemma í morgun.
is Enginn sagði þeim frá áætluninni fyrir mánudag.
ru Сегодня утром мы открыли новый мост через реку.
ru Никто не говорил им о плане до понедельника.
ru Корабли отходят каждый час при хорошей погоде.
uk Сьогодні вранці ми відкрили новий міст через річку.
uk Ніхто не казав їм про план до понеділка.
uk Кораблі відходять щогодини за гарної погоди.
bg Тази сутрин открихме новия мост над реката.
bg Никой не им каза за плана преди понеделник.
bg Корабите тръгват всеки час при хубаво време.
sr Јутрос смо отворили нови мост преко реке.
sr Нико им није говорио о плану пре понедељка.
mk Утринава го отворивме новиот мост над реката.
mk Никој не им кажа за планот пред понеделник.
el Σήμερα το πρωί ανοίξαμε τη νέα γέφυρα.
el Κανείς δεν τους μίλησε για το σχέδιο.
ar افتتحنا الجسر الجديد صباح اليوم في المدينة.
ar لم يخبرهم أحد بالخطة قبل يوم الاثنين.
fa امروز صبح پل جدید شهر را افتتاح کردیم.
fa هیچ‌کس پیش از دوشنبه درباره برنامه به آنها نگفت.
ur آج صبح ہم نے شہر کا نیا پل کھولا۔
he פתחנו הבוקר את הגשר החדש מעל הנהר.
id Jalan pelabuhan akan dibuka pada bulan Mei tahun ini.
id Tidak ada yang memberi tahu mereka tentang rencana itu.
vi Sáng nay chúng tôi đã mở cây cầu mới.
vi Không ai nói với họ về kế hoạch đó.
tl Binuksan namin ang bagong tulay kaninang umaga.
tl Walang nagsabi sa kanila tungkol sa plano.
af Niemand het hulle voor Maandag van die plan vertel.
af Ons het die nuwe brug vroeg vanoggend oopgemaak.
eu Gaur goizean zubi berria ireki dugu herrian.
eu Inork ez die planaren berri eman astelehena baino lehen.
mt Dalgħodu ftaħna l-pont il-ġdid fuq ix-xmara.
mt Ħadd ma qalilhom dwar il-pjan qabel it-Tnejn.
ja 今朝、私たちは新しい橋を開通させました。
zh 今天早上我们开通了新的大桥。
ko 오늘 아침 우리는 새 다리를 열었습니다.
"""
NEAR = [
    {"da", "no", "sv"},
    {"cs", "sk"},
    {"hr", "sl", "sk"},
    {"bg", "mk", "sr", "ru"},
    {"es", "it", "pt"},
    {"af", "nl"},
]
"""Languages that a few words may not tell apart."""


def test_sentences_of_five_to_ten_words() -> None:
    rows = [row.split(" ", 1) for row in SHORT.strip().splitlines()]
    found = [(language, detect_language(text), text) for language, text in rows]
    wrong = [one for one in found if one[0] != one[1]]
    assert len(wrong) <= 0.08 * len(found), wrong
    assert [one for one in wrong if not any({one[0], one[1]} <= near for near in NEAR)] == []


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
