"""German: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, table, ways, word_set

_ABBREVIATIONS = table("""
a.d = außer dienst
i.r = im ruhestand
i.v = in vertretung
i.s.v = im sinne von
i.s.d = im sinne des
m.e = meines erachtens
n.chr = nach christus
v.chr = vor christus
u.ä = und ähnliches
z.zt = zur zeit
z.hd = zu händen
s.u = siehe unten
m.w = meines wissens
o.g = oben genannte | oben genannten
hrn = herrn
s# = seite
rn# = randnummer
ziff = ziffer
lit = buchstabe | litera
jh. = jahrhundert | jahrhunderts
-str. = straße
tel = telefon
ing. = ingenieur
dipl. = diplom
ev. = evangelisch | eventuell
lt. = laut | leutnant
ca = circa
bd. = band
z.b = zum beispiel
d.h = das heißt
u.a = unter anderem | und andere
u.ä = und ähnliches
o.ä = oder ähnliches
v.a = vor allem
i.d.r = in der regel
s.o = siehe oben
u.s.w, usw = und so weiter
u.u = unter umständen
z.t = zum teil
sog = sogenannte | sogenannten
bzw = beziehungsweise
evtl = eventuell
ggf = gegebenenfalls
inkl = inklusive
ca = circa
etc = et cetera
vgl = vergleiche
bspw = beispielsweise
insb = insbesondere
max = maximal
mind = mindestens
dr = doktor
prof = professor
hr = herr | herrn
fr. = frau
st. = sankt
str. = straße
nr = nummer
art. = artikel
abs. = absatz
kap. = kapitel
mio = millionen | million
mrd = milliarden | milliarde
tsd = tausend
jh = jahrhundert
jan. = januar
feb. = februar
mär. = märz
apr. = april
jun. = juni
jul. = juli
aug. = august
sept. = september
okt. = oktober
nov. = november
dez. = dezember
sts = staatssekretär
stv = stellvertretender | stellvertretende
""")

_FIXED = table("""
24/7 = vierundzwanzig sieben
7/24 = sieben vierundzwanzig
""")

_UNITS = table("""
°c, oc = grad celsius | grad
°f = grad fahrenheit | grad
gwh = gigawattstunden
x = mal
bio = billionen | billion
kmh = kilometer pro stunde | stundenkilometer
m/s = meter pro sekunde
bp = basispunkte
km = kilometer | kilometern
m = meter | metern
cm = zentimeter
mm = millimeter
kg = kilogramm | kilo
g = gramm
t = tonnen | tonne
l = liter
h = stunden | stunde | uhr
min = minuten | minute
ha = hektar
km/h = kilometer pro stunde | stundenkilometer
m2 = quadratmeter
km2 = quadratkilometer
m3 = kubikmeter
kw = kilowatt
mw = megawatt
gw = gigawatt
tw = terawatt
kwh = kilowattstunden
mwh = megawattstunden
twh = terawattstunden
gb = gigabyte
mb = megabyte
""")

GERMAN = LanguageRules(
    decimal_mark=",",
    point="komma",
    percent=ways("prozent"),
    to="bis",
    ratio="zu",
    signs={
        "&": ways("und"),
        "@": ways("at"),
        "+": ways("plus"),
        "=": ways("gleich"),
        "°": ways("grad"),
        "§": ways("paragraf", "paragrafen", "paragrafs"),
        "§§": ways("paragrafen", "paragraf"),
        "~": ways("etwa", "ungefähr"),
        "×": ways("mal"),
        "±": ways("plus minus"),
    },
    dot="punkt",
    slash=((), ("schrägstrich",)),
    number_sign=("nummer",),
    minus="minus",
    clock="uhr",
    clock_after=word_set("uhr"),
    blank_groups=True,
    thousand="tausend",
    currencies={
        "$": Currency("dollar", "dollar", "cent"),
        "usd": Currency("dollar", "dollar"),
        "€": Currency("euro", "euro", "cent"),
        "eur": Currency("euro", "euro"),
        "£": Currency("pfund", "pfund"),
        "chf": Currency("franken", "franken"),
    },
    magnitudes=word_set("tausend million millionen milliarde milliarden billion billionen mio mrd"),
    magnitude_suffixes={"mio": "millionen", "mrd": "milliarden", "k": "tausend"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set("nato uno unesco unicef opec isis aids pisa bafög hamas frontex osze unhcr kfor cop covid"),
    joined_prefixes=word_set("co ex mini multi pro anti euro"),
    number_compounds=word_set("jähr jahr mal fach prozentig stünd tägig minüt monat wöch köpf seit stell teil tausend"),
    ordinal_endings=word_set("te ten ter tes"),
    ordinal_dot=True,
    ordinal_cases=({"e": "en"}, {"e": "er"}, {"e": "es"}),
    number_cases={"eins": ("ein", "eine", "einen", "einem", "einer")},
    counted=word_set("artikel kapitel teil band titel anhang hartz"),
    single_regnal=True,
    the="der",
    months=(
        "januar", "februar", "märz", "april", "mai", "juni",
        "juli", "august", "september", "oktober", "november", "dezember",
    ),
    day_ordinal=True,
    fractions={2: ("halb", "halbe"), 3: ("drittel", "drittel"), 4: ("viertel", "viertel"), 5: ("fünftel", "fünftel"),
               8: ("achtel", "achtel"), 10: ("zehntel", "zehntel")},
    one_part="ein",
    one_and_half=ways("eineinhalb", "anderthalb"),
    and_half=ways("einhalb", "und ein halb"),
)  # fmt: skip
