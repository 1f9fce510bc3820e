"""English: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, table, ways, word_set

_ABBREVIATIONS = table("""
ave. = avenue
blvd = boulevard
p# = page
pp# = pages
para., para#, par# = paragraph | paragraphs
paras# = paragraphs
nos# = numbers
ch# = chapter
sq = square
det. = detective
supt = superintendent
insp = inspector
cllr = councillor
cpl = corporal
pvt = private
viz = namely | viz
est. = established | estimated | est
mr = mister | mr
mrs = missus | misses | mrs
ms = ms | miss
messrs = messieurs
dr = doctor
prof = professor
st. = saint | street
gen. = general
lt. = lieutenant
lt = lieutenant
col. = colonel
capt. = captain
maj. = major
sgt = sergeant
adm. = admiral
cmdr = commander
brig. = brigadier
amb. = ambassador
sen. = senator
rep. = representative
gov. = governor
pres. = president
sec. = secretary | section
hon. = honorable
rev. = reverend
jr = junior
sr = senior
inc. = incorporated | inc
ltd = limited
corp. = corporation | corp
co. = company | co
dept = department
govt = government
assn = association
univ. = university
approx = approximately
est. = established | estimated
fig. = figure
art. = article
vol. = volume
ed. = edition | editor
e.g = for example | e g
i.e = that is | i e
etc = et cetera | etcetera
vs = versus | v s
cf = compare | c f
incl = including
tel = telephone
h.r = h r
bn. = billion
mn. = million
jan. = january
feb. = february
mar. = march
apr. = april
jun. = june
jul. = july
aug. = august
sep. = september
sept. = september
oct. = october
nov. = november
dec. = december
mon. = monday
tue. = tuesday
tues. = tuesday
wed. = wednesday
thu. = thursday
thurs. = thursday
fri. = friday
sat. = saturday
mt. = mount
ft. = feet | foot | fort
ok = okay | ok
phd = p h d
ph.d = p h d
""")

_FIXED = table("""
401k = four o one k
501c3 = five o one c three
wwi = world war one
wwii = world war two
24-7 = twenty four seven
ph.d = p h d
24/7 = twenty four seven
9/11 = nine eleven
7/7 = seven seven
50/50 = fifty fifty
50-50 = fifty fifty
20/20 = twenty twenty
20-20 = twenty twenty
and/or = and or | and slash or
w/o = without
'em = em | them
'cause = cause | because
'til = til | until
'tis = tis
'twas = twas
""")

_UNITS = table("""
°c, oc = degrees celsius | degrees centigrade | degrees | degrees c
°f = degrees fahrenheit | degrees | degrees f
mwh = megawatt hours | megawatt hour
gwh = gigawatt hours | gigawatt hour
twh = terawatt hours | terawatt hour
tw = terawatts | terawatt
bp, bps = basis points | basis point
sq = square
mi = miles | mile
oz = ounces | ounce
kph = kilometers per hour | k p h
km/s = kilometers per second
m/s = meters per second
t = tons | tonnes | t
am = a m
pm = p m
km = kilometers | kilometer | k m
kms = kilometers | kilometer
m = meters | million | meter
cm = centimeters | centimeter
mm = millimeter | millimeters
kg = kilograms | kilogram | kilos
g = g | grams
lb = pounds | pound
lbs = pounds
ft = feet | foot
mph = miles per hour | miles an hour | m p h
kmh, km/h = kilometers per hour | kilometers an hour
m2 = square meters
km2 = square kilometers
m3 = cubic meters
ha = hectares | hectare
nm = nautical miles | nanometers
kn, kts = knots
kw = kilowatts | kilowatt
mw = megawatts | megawatt
gw = gigawatts | gigawatt
kwh = kilowatt hours | kilowatt hour
mb = megabytes | megabyte
gb = gigabytes | gigabyte
tb = terabytes | terabyte
hz = hertz
min = minutes | minute
hrs = hours
hr = hour | hours
x = times | x
""")

ENGLISH = LanguageRules(
    decimal_mark=".",
    point="point",
    percent=ways("percent", "per cent"),
    to="to",
    ratio="to",
    signs={
        "&": ways("and"),
        "@": ways("at"),
        "+": ways("plus"),
        "=": ways("equals"),
        "°": ways("degrees"),
        "§": ways("section"),
        "§§": ways("sections"),
        "~": ways("about", "approximately"),
        "≥": ways("greater than or equal to", "at least"),
        "≤": ways("less than or equal to", "at most"),
        ">": ways("greater than", "more than"),
        "<": ways("less than"),
        "±": ways("plus or minus"),
        "×": ways("times", "by"),
    },
    dot="dot",
    slash=((), ("slash",), ("or",)),
    number_sign=("number",),
    minus="minus",
    articles=frozenset("a"),
    thousand="thousand",
    clock_after=word_set("am pm a.m p.m hours"),
    currencies={
        "$": Currency("dollar", "dollars", "cents"),
        "usd": Currency("dollar", "dollars"),
        "us$": Currency("u s dollar", "u s dollars"),
        "c$": Currency("canadian dollar", "canadian dollars"),
        "a$": Currency("australian dollar", "australian dollars"),
        "hk$": Currency("hong kong dollar", "hong kong dollars"),
        "nz$": Currency("new zealand dollar", "new zealand dollars"),
        "r$": Currency("real", "reais"),
        "€": Currency("euro", "euros", "cents"),
        "eur": Currency("euro", "euros"),
        "£": Currency("pound", "pounds", "pence"),
        "gbp": Currency("pound", "pounds"),
        "¥": Currency("yen", "yen"),
        "chf": Currency("franc", "francs"),
    },
    magnitudes=word_set("hundred thousand million billion trillion"),
    magnitude_suffixes={
        "k": "thousand",
        "m": "million",
        "mn": "million",
        "mln": "million",
        "b": "billion",
        "bn": "billion",
        "tn": "trillion",
        "trn": "trillion",
    },
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set(
        "aids apec asap asean aukus awacs brexit brics caricom cop centcom covid darpa ecowas enisa eucom "
        "fatca fema fifa frontex gatt hamas icann isaf isis interpol kfor laser lidar mercosur nafta "
        "nasa nato norad opec pesco pin potus radar rusi sars scotus seal shape sipri sonar swat "
        "swift taurus uefa unctad unesco unicef unifil unprofor usaid zip"
    ),
    joined_prefixes=word_set(
        "anti co counter cyber ex extra geo grand hyper inter intra mega micro mid mini multi non off "
        "out over post pre re semi sub super trans ultra under"
    ),
    counted=word_set(
        "act annex appendix article chapter level mark part phase section stage title tier type volume war"
    ),
    centuries=word_set("century"),
    the="the",
    ordinal_endings=word_set("st nd rd th"),
    months=(
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ),
    day_ordinal=True,
    fractions={2: ("half", "halves"), 4: ("quarter", "quarters")},
    and_half=ways("and a half"),
)
