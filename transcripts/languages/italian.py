"""Italian: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, table, ways, word_set

_ABBREVIATIONS = table("""
s.e = sua eccellenza
s.em = sua eminenza
ss. = santi | santissimo
s.s = sua santità
card. = cardinal | cardinale
d.lgs, dlgs = decreto legislativo
d.p.r = decreto del presidente della repubblica | d p r
dpcm, d.p.c.m = decreto del presidente del consiglio dei ministri | d p c m
lett. = lettera
co# = comma
n° = numero
nn# = numeri
pp# = pagine
p# = pagina
amb. = ambasciatore | ambasciatrice
pres. = presidente
min. = ministro | minimo
col. = colonnello
cap. = capitolo | capitano
ing. = ingegner | ingegnere
arch. = architetto
rag. = ragionier
geom. = geometra
sig.ri = signori
prof.ri, proff = professori
dott.ri, dott.ri = dottori
u.s = ultimo scorso
c.a = corrente anno
sig = signor | signore
sig.ra, sigra = signora
sig.na = signorina
sigg = signori
dott, dr = dottor | dottore
dott.ssa, dr.ssa = dottoressa
prof = professor | professore
prof.ssa = professoressa
ing. = ingegner | ingegnere
avv = avvocato
on. = onorevole
sen. = senatore | senatrice
gen. = generale
mons = monsignor
s. = san | santo | santa
ecc = eccetera
es. = esempio
p.es = per esempio
cfr = confronta
ca. = circa
art. = articolo
artt. = articoli
cap. = capitolo
pag = pagina
n. = numero
tel = telefono
mln = milioni | milione
mld = miliardi | miliardo
d.c = dopo cristo
a.c = avanti cristo
d.l = decreto legge
gen. = gennaio
feb. = febbraio
mar. = marzo
apr. = aprile
sett. = settembre
ott. = ottobre
nov. = novembre
dic. = dicembre
""")

_FIXED = table("""
24/7 = ventiquattro sette
24h = ventiquattro ore
50/50 = cinquanta cinquanta
""")

_UNITS = table("""
°c, oc = gradi celsius | gradi
°f = gradi fahrenheit | gradi
mwh = megawattora
gwh = gigawattora
twh = terawattora
kmq = chilometri quadrati
kmh = chilometri orari | chilometri all'ora
m/s = metri al secondo
x = per
km = chilometri | chilometro
m = metri | metro
cm = centimetri
mm = millimetri
kg = chilogrammi | chili
g = grammi
t = tonnellate | tonnellata
l = litri | litro
h = ore | ora
min = minuti | minuto
ha = ettari
km/h = chilometri orari | chilometri all'ora
mq, m2 = metri quadrati | metri quadri
km2 = chilometri quadrati
m3, mc = metri cubi
kw = chilowatt
mw = megawatt
gw = gigawatt
kwh = chilowattora
gb = gigabyte
""")

ITALIAN = LanguageRules(
    decimal_mark=",",
    point="virgola",
    percent=ways("per cento", "percento"),
    to="a",
    ratio="a",
    of_magnitude="di",
    elided=word_set("l d un dell all dall nell sull quell quest c n s"),
    signs={
        "&": ways("e"),
        "@": ways("chiocciola"),
        "+": ways("più"),
        "=": ways("uguale"),
        "°": ways("gradi"),
        "§": ways("paragrafo"),
        "§§": ways("paragrafi"),
        "~": ways("circa"),
        "×": ways("per"),
        "±": ways("più o meno"),
    },
    dot="punto",
    slash=((), ("barra",)),
    number_sign=("numero",),
    minus="meno",
    clock_joint="e",
    clock_after=word_set("ore"),
    clock_before=word_set("alle ore dalle"),
    blank_groups=True,
    thousand="mila",
    currencies={
        "$": Currency("dollaro", "dollari", "centesimi"),
        "usd": Currency("dollaro", "dollari"),
        "€": Currency("euro", "euro", "centesimi"),
        "eur": Currency("euro", "euro"),
        "£": Currency("sterlina", "sterline"),
    },
    magnitudes=word_set("mila milione milioni miliardo miliardi mln mld"),
    magnitude_suffixes={"mln": "milioni", "mld": "miliardi", "k": "mila"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set(
        "nato onu unesco unicef opec aids istat inps ansa rai iva isis hamas frontex irpef pil cop covid"
    ),
    number_compounds=word_set("mila enne enni"),
    joined_prefixes=word_set("ex anti vice"),
    ordinal_endings=word_set("° o a i e mo ma"),
    ordinal_cases=({"o": "a"}, {"o": "i"}),
    number_cases={"uno": ("un", "una")},
    counted=word_set("articolo capitolo titolo parte tomo allegato"),
    centuries=word_set("secolo secoli"),
    rank_before_noun=True,
    agreement={"a": "a"},
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ),
    fractions={2: ("mezzo", "mezzi"), 3: ("terzo", "terzi"), 4: ("quarto", "quarti")},
    one_part="un",
    and_half=ways("e mezzo", "e mezza"),
)  # fmt: skip
