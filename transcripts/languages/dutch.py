"""Dutch: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, table, ways, word_set

_ABBREVIATIONS = table("""
m.a.w = met andere woorden
m.n = met name
z.s.m = zo spoedig mogelijk
t.a.v = ten aanzien van
resp = respectievelijk
i.p.v = in plaats van
o.l.v = onder leiding van
e.d = en dergelijke
e.v = en verder
v.chr = voor christus
n.chr = na christus
m.i.v = met ingang van
n.v.t = niet van toepassing
i.h.b = in het bijzonder
i.h.a = in het algemeen
t.b.v = ten behoeve van
t.w = te weten
vgl = vergelijk
nrs# = nummers
n° = nummer
p# = pagina
mgr = monseigneur
z.k.h = zijne koninklijke hoogheid
h.k.h = hare koninklijke hoogheid
z.m = zijne majesteit
h.m = hare majesteit
dhr = de heer | heer
mevr, mw = mevrouw
mr = meester
dr = doctor
drs = doctorandus
ir = ingenieur
ing = ingenieur
prof = professor
st. = sint
bijv, bv. = bijvoorbeeld
d.w.z, dwz = dat wil zeggen
o.a, oa = onder andere
m.b.t = met betrekking tot
t/m = tot en met
t.o.v = ten opzichte van
i.v.m = in verband met
n.a.v = naar aanleiding van
a.u.b = alstublieft
enz, etc = enzovoort | et cetera
ca. = circa
evt = eventueel
incl = inclusief
art. = artikel
nr = nummer
blz = bladzijde
tel = telefoon
mln = miljoen
mld, mrd = miljard
jl = jongstleden
jan. = januari
feb. = februari
mrt. = maart
apr. = april
aug. = augustus
sept. = september
okt. = oktober
nov. = november
dec. = december
""")

_FIXED = table("""
24/7 = vierentwintig zeven
50/50 = vijftig vijftig
""")

_UNITS = table("""
°c, oc = graden celsius | graden
°f = graden fahrenheit | graden
mwh = megawattuur
gwh = gigawattuur
twh = terawattuur
x = keer | maal
kmh = kilometer per uur
m/s = meter per seconde
km = kilometer
m = meter
cm = centimeter
mm = millimeter
kg = kilogram | kilo
g = gram
t = ton
l = liter
u = uur
min = minuten | minuut
ha = hectare
km/h, km/u = kilometer per uur
m2 = vierkante meter
km2 = vierkante kilometer
m3 = kubieke meter | kuub
kw = kilowatt
mw = megawatt
gw = gigawatt
kwh = kilowattuur
gb = gigabyte
""")

DUTCH = LanguageRules(
    decimal_mark=",",
    point="komma",
    percent=ways("procent"),
    to="tot",
    ratio="op",
    signs={
        "&": ways("en"),
        "@": ways("apenstaartje", "at"),
        "+": ways("plus"),
        "=": ways("is"),
        "°": ways("graden"),
        "§": ways("paragraaf"),
        "§§": ways("paragrafen"),
        "~": ways("ongeveer"),
        "×": ways("keer", "maal"),
        "±": ways("plus min", "ongeveer"),
    },
    dot="punt",
    slash=((), ("slash",)),
    number_sign=("nummer",),
    minus="min",
    clock="uur",
    clock_after=word_set("uur"),
    blank_groups=True,
    thousand="duizend",
    currencies={
        "$": Currency("dollar", "dollar", "cent"),
        "usd": Currency("dollar", "dollar"),
        "€": Currency("euro", "euro", "cent"),
        "eur": Currency("euro", "euro"),
        "£": Currency("pond", "pond"),
    },
    magnitudes=word_set("duizend miljoen miljard biljoen mln mld"),
    magnitude_suffixes={"mln": "miljoen", "mld": "miljard", "k": "duizend"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set("navo unesco unicef opec aids havo pabo isis hamas frontex cop covid"),
    joined_prefixes=word_set("ex oud anti"),
    number_compounds=word_set("jarig voudig daags koppig procents urig maal"),
    ordinal_endings=word_set("e de ste"),
    number_cases={"één": ("een",)},
    counted=word_set("artikel hoofdstuk deel titel bijlage"),
    single_regnal=True,
    the="de",
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    fractions={2: ("half", "helften"), 3: ("derde", "derde"), 4: ("kwart", "kwart")},
    one_part="een",
    one_and_half=ways("anderhalf", "anderhalve"),
    and_half=ways("en een half", "enhalf"),
)  # fmt: skip
