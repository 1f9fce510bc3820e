"""French: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, Regnal, table, ways, word_set

_ABBREVIATIONS = table("""
j.-c = jésus christ
p.-s = post scriptum
ps. = post scriptum
st- = saint
ste- = sainte
mm = messieurs
dre = docteure
prs = professeurs
prof = professeur
p# = page
pp# = pages
§ = paragraphe
n°s, nos# = numéros
c.a.d, c-à-d = c'est à dire
vol. = volume
ch# = chapitre
adj. = adjoint
gal. = général
apr. = après
m. = monsieur
mm. = messieurs
mme = madame
mmes = mesdames
mlle = mademoiselle
dr = docteur
pr = professeur
me = maître
st = saint
ste = sainte
mgr = monseigneur
etc = et cetera
c.-à-d = c'est à dire
càd = c'est à dire
p.ex = par exemple
ex. = exemple
cf = confer
env. = environ
art. = article
al. = alinéa
chap. = chapitre
av. = avenue | avant
bd = boulevard
n° = numéro
no. = numéro
mds, md, mrd, mrds = milliards | milliard
mio, m€ = millions
tél = téléphone
janv. = janvier
févr. = février
avr. = avril
juil. = juillet
sept. = septembre
oct. = octobre
nov. = novembre
déc. = décembre
""")

_FIXED = table("""
24h/24, 24/24 = vingt quatre heures sur vingt quatre
7j/7, 7/7 = sept jours sur sept
24/7 = vingt quatre sept
4x4 = quatre quatre
50/50 = cinquante cinquante
""")

_UNITS = table("""
°c, oc = degrés celsius | degrés
°f = degrés fahrenheit | degrés
gwh = gigawattheures
twh = térawattheures
tw = térawatts
x = fois
kmh = kilomètres heure | kilomètres à l'heure
m/s = mètres par seconde
km = kilomètres | kilomètre
m = mètres | mètre | millions | million
cm = centimètres
mm = millimètres
kg = kilogrammes | kilos
g = grammes | g
t = tonnes | tonne
l = litres | litre
h = heures | heure
min, mn = minutes | minute
ha = hectares
km/h = kilomètres heure | kilomètres à l'heure
m2 = mètres carrés
km2 = kilomètres carrés
m3 = mètres cubes
kw = kilowatts
mw = mégawatts
gw = gigawatts
kwh = kilowattheures
mwh = mégawattheures
go = gigaoctets
mo = mégaoctets
""")

FRENCH = LanguageRules(
    decimal_mark=",",
    point="virgule",
    percent=ways("pour cent"),
    to="à",
    ratio="contre",
    of_magnitude="d'",
    elided=word_set("l d qu n s j m c t jusqu lorsqu puisqu quoiqu"),
    signs={
        "&": ways("et"),
        "@": ways("arobase"),
        "+": ways("plus"),
        "=": ways("égale"),
        "°": ways("degrés"),
        "§": ways("paragraphe"),
        "§§": ways("paragraphes"),
        "~": ways("environ"),
        "×": ways("fois"),
        "±": ways("plus ou moins"),
    },
    dot="point",
    slash=((), ("slash",)),
    number_sign=("numéro",),
    minus="moins",
    clock="heures",
    clock_after=word_set("heures"),
    blank_groups=True,
    thousand="mille",
    currencies={
        "$": Currency("dollar", "dollars", "cents"),
        "usd": Currency("dollar", "dollars"),
        "€": Currency("euro", "euros", "centimes"),
        "eur": Currency("euro", "euros"),
        "£": Currency("livre", "livres"),
        "chf": Currency("franc", "francs"),
    },
    magnitudes=word_set("mille million millions milliard milliards mds md"),
    magnitude_suffixes={"md": "milliards", "mds": "milliards", "m": "millions", "k": "mille"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set(
        "otan onu unesco unicef opep sida insee ena smic cnil isis hamas frontex pac cedeao cop covid"
    ),
    joined_prefixes=word_set("co ex anti euro mini"),
    ordinal_endings=word_set("er re ère e ème nd nde ième"),
    ordinal_cases=({"premier": "première"},),
    number_cases={"un": ("une",)},
    variants=("fr_BE", "fr_CH"),
    counted=word_set("article chapitre titre tome annexe acte"),
    centuries=word_set("siècle siècles"),
    regnal=Regnal.CARDINAL,
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    fractions={2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")},
    one_part="un",
    and_half=ways("et demi", "et demie"),
)  # fmt: skip
