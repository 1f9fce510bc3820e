"""Polish: the words for signs, abbreviations and acronyms, and the cases of numbers."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, table, ways, word_set

_ABBREVIATIONS = table("""
p.o = pełniący obowiązki | pełniąca obowiązki
bp = biskup | biskupa
abp = arcybiskup | arcybiskupa
kard = kardynał | kardynała
o. = ojciec | ojca
br. = brat
s# = strona
s. = siostra
str. = strona | stronie
lit. = litera | litery
poz = pozycja
rozdz = rozdział
zob = zobacz
ds = do spraw
mjr = major | majora
ppłk = podpułkownik
kpt = kapitan
adm. = admirał
red = redaktor | redaktora
min. = minister | minimum
wicemin = wiceminister
marsz. = marszałek
pos. = poseł
sen. = senator
woj. = województwo | województwa
pow. = powiat
gm. = gmina
os. = osiedle
n.e, n.e = naszej ery
p.n.e = przed naszą erą
r.b = roku bieżącego
br. = bieżącego roku
ub.r = ubiegłego roku
ub. = ubiegłego
dz.u = dziennik ustaw
sp. = spółka
s.a = spółka akcyjna
z.o.o = z ograniczoną odpowiedzialnością
rp = rzeczpospolita | rzeczypospolitej | r p
np = na przykład
tj = to jest
tzn = to znaczy
tzw = tak zwany | tak zwana | tak zwane
itd = i tak dalej
itp = i tym podobne
m.in = między innymi
ok. = około
ww = wyżej wymienione
dr = doktor | doktora
prof = profesor | profesora
hab = habilitowany
mgr = magister
inż = inżynier
gen. = generał | generała
płk = pułkownik
św = święty | świętego | święta
ks = ksiądz | księdza
ul. = ulica | ulicy
al. = aleja | alei
pl. = plac
nr = numer | numeru
art. = artykuł | artykułu
ust. = ustęp | ustępu
pkt = punkt | punktu
par. = paragraf
godz = godzinie | godzina | godziny
r. = roku | rok
w. = wieku | wiek
tys = tysięcy | tysiące | tysiąc | tysiąca
mln = milionów | miliony | milion | miliona
mld = miliardów | miliardy | miliard | miliarda
zł = złotych | złote | złoty
gr = groszy
proc = procent
tel = telefon
im. = imienia
p. = pan | pani
wg = według
por = porównaj
""")

_FIXED = table("""
24/7 = dwadzieścia cztery siedem
50/50 = pięćdziesiąt na pięćdziesiąt
""")

_UNITS = table("""
°c, oc = stopni celsjusza | stopnie celsjusza | stopień celsjusza | stopnia celsjusza
°f = stopni fahrenheita
mwh = megawatogodzin | megawatogodziny | megawatogodzina
gwh = gigawatogodzin | gigawatogodziny | gigawatogodzina
twh = terawatogodzin | terawatogodziny | terawatogodzina
kmh = kilometrów na godzinę
m/s = metrów na sekundę
x = razy
km = kilometrów | kilometry | kilometr
m = metrów | metry | metr
cm = centymetrów | centymetry
mm = milimetrów
kg = kilogramów | kilogramy | kilo
g = gramów
t = ton | tony | tona
l = litrów | litry
h = godzin | godziny
min = minut | minuty
ha = hektarów | hektary
km/h = kilometrów na godzinę
m2 = metrów kwadratowych
km2 = kilometrów kwadratowych
m3 = metrów sześciennych
kw = kilowatów
mw = megawatów
gw = gigawatów
kwh = kilowatogodzin
gb = gigabajtów
""")

POLISH = LanguageRules(
    decimal_mark=",",
    point="przecinek",
    percent=ways("procent", "procenta"),
    to="do",
    ratio="do",
    signs={
        "&": ways("i"),
        "@": ways("małpa"),
        "+": ways("plus"),
        "=": ways("równa się"),
        "°": ways("stopni"),
        "§": ways("paragraf", "paragrafu"),
        "§§": ways("paragrafy"),
        "~": ways("około"),
        "×": ways("razy"),
        "±": ways("plus minus"),
    },
    dot="kropka",
    slash=((), ("ukośnik",)),
    number_sign=("numer",),
    minus="minus",
    clock_after=word_set("rano wieczorem"),
    clock_before=word_set("godz godzina godzinie godziny o od do"),
    feminine_hours=True,
    blank_groups=True,
    thousand="tysięcy",
    currencies={
        "$": Currency("dolar", "dolarów", "centów", "dolary"),
        "usd": Currency("dolar", "dolarów", few="dolary"),
        "€": Currency("euro", "euro", "centów"),
        "eur": Currency("euro", "euro"),
        "£": Currency("funt", "funtów", few="funty"),
        "zł": Currency("złoty", "złotych", "groszy", "złote"),
        "pln": Currency("złoty", "złotych", few="złote"),
    },
    magnitudes=word_set("tys mln mld tysiąc tysiące tysięcy milion miliony milionów miliard miliardy miliardów bilion"),
    magnitude_suffixes={"tys": "tysięcy", "mln": "milionów", "mld": "miliardów"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set("nato unesco unicef opec aids pesel vat pit cit zus isis hamas frontex cop covid"),
    number_compounds=word_set("letni latek latk latkow lecie lecia leciu dniow osobow krotn godzinn minutow procentow"),
    ordinal_endings=word_set("go mu tego szy"),
    ordinal_dot=True,
    ordinal_cases=(
        {"y": "ego", "gi": "giego", "i": "iego"},
        {"y": "ym", "i": "im"},
        {"y": "ej", "gi": "giej", "i": "iej"},
        {"y": "a", "gi": "ga", "i": "ia"},
    ),
    number_cases={
        "jeden": ("jedna", "jedno", "jednego", "jednej"),
        "dwa": ("dwie", "dwóch", "dwoma"),
        "trzy": ("trzech",),
        "cztery": ("czterech",),
        "pięć": ("pięciu",),
        "sześć": ("sześciu",),
        "siedem": ("siedmiu",),
        "osiem": ("ośmiu",),
        "dziewięć": ("dziewięciu",),
        "dziesięć": ("dziesięciu",),
        "dwadzieścia": ("dwudziestu",),
        "sto": ("stu",),
    },
    counted=word_set("rozdział część tom tytuł"),
    centuries=word_set("wiek wieku w wieki wieków"),
    rank_before_noun=True,
    agreement={"rp": "a", "a": "a", "y": "j", "ie": "j", "ej": "j", "u": "go"},
    decades={"lata": "e", "lat": "ych", "latach": "ych"},
    counts_by_last_digit=True,
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    day_ordinal=True,
    year_ordinal=True,
    fractions={2: ("druga", "drugie"), 3: ("trzecia", "trzecie"), 4: ("czwarta", "czwarte")},
    one_part="jedna",
    half=ways("pół"),
    one_and_half=ways("półtora", "półtorej"),
    and_half=ways("i pół"),
)  # fmt: skip
