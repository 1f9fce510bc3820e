"""Portuguese: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, Regnal, table, ways, word_set

_ABBREVIATIONS = table("""
s.exa, s.ex.a = sua excelência
v.exas, v.ex.as = vossas excelências
sr.a = senhora
sr.as = senhoras
dr.a = doutora
dr.as = doutoras
drs = doutores
eng.o = engenheiro
eng.a = engenheira
prof.a = professora
n.os = números
n° = número
art.os = artigos
p# = página
pp# = páginas
s.a.r = sua alteza real
s.m = sua majestade
rev.o = reverendo
cel. = coronel
gen. = general
sto. = santo
sta. = santa
mons = monsenhor
sr = senhor
sra = senhora
srs = senhores
sras = senhoras
dr = doutor
dra = doutora
prof = professor
profa = professora
eng = engenheiro
exmo = excelentíssimo
exma = excelentíssima
v.exa, v.ex.a = vossa excelência
d. = dom | dona
s. = são | santo | santa
st.o = santo
etc = et cetera
p.ex = por exemplo
aprox = aproximadamente
art.o, art. = artigo
cap. = capítulo
n.o = número
núm = número
pág = página
tel = telefone
av. = avenida
r. = rua
eua, e.u.a = estados unidos | e u a
a.c = antes de cristo
d.c = depois de cristo
jan. = janeiro
fev. = fevereiro
abr. = abril
ago. = agosto
set. = setembro
out. = outubro
nov. = novembro
dez. = dezembro
""")

_FIXED = table("""
24/7 = vinte e quatro sete
50/50 = cinquenta cinquenta
i&d, i+d = i e d
""")

_UNITS = table("""
°c, oc = graus celsius | graus
°f, of = graus fahrenheit | graus
mwh = megawatts hora
gwh = gigawatts hora
twh = terawatts hora
kmh = quilómetros por hora
m/s = metros por segundo
x = vezes
km = quilómetros | quilômetros | quilómetro
m = metros | metro
cm = centímetros
mm = milímetros
kg = quilogramas | quilos
g = gramas
t = toneladas | tonelada
l = litros | litro
h = horas | hora
min = minutos | minuto
ha = hectares
km/h = quilómetros por hora | quilômetros por hora
m2 = metros quadrados
km2 = quilómetros quadrados
m3 = metros cúbicos
kw = quilowatts
mw = megawatts
gw = gigawatts
kwh = quilowatts hora
gb = gigabytes | gigas
""")

PORTUGUESE = LanguageRules(
    decimal_mark=",",
    point="vírgula",
    percent=ways("por cento"),
    to="a",
    ratio="a",
    of_magnitude="de",
    signs={
        "&": ways("e"),
        "@": ways("arroba"),
        "+": ways("mais"),
        "=": ways("igual"),
        "°": ways("graus"),
        "§": ways("parágrafo"),
        "§§": ways("parágrafos"),
        "~": ways("cerca de"),
        "×": ways("vezes"),
        "±": ways("mais ou menos"),
    },
    dot="ponto",
    slash=((), ("barra",)),
    number_sign=("número",),
    minus="menos",
    clock_joint="e",
    clock_after=word_set("horas"),
    clock_before=word_set("às as"),
    blank_groups=True,
    thousand="mil",
    currencies={
        "$": Currency("dólar", "dólares", "cêntimos"),
        "usd": Currency("dólar", "dólares"),
        "€": Currency("euro", "euros", "cêntimos"),
        "eur": Currency("euro", "euros"),
        "£": Currency("libra", "libras"),
        "r$": Currency("real", "reais"),
    },
    magnitudes=word_set("mil milhão milhões bilhão bilhões bilião biliões"),
    magnitude_suffixes={"m": "milhões", "k": "mil"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set(
        "nato otan onu unesco unicef opep sida tap rtp isis hamas frontex mercosul palop pib cop covid"
    ),
    joined_prefixes=word_set("ex anti vice"),
    ordinal_endings=word_set("° o a os as"),
    ordinal_cases=({"o": "a"},),
    number_cases={
        "um": ("uma",),
        "dois": ("duas",),
        "cem": ("cento",),
        "duzentos": ("duzentas",),
        "trezentos": ("trezentas",),
        "quinhentos": ("quinhentas",),
    },
    variants=("pt_BR",),
    counted=word_set("artigo capítulo título tomo século séculos parte anexo"),
    regnal=Regnal.TO_TEN,
    single_regnal=True,
    rank_before_noun=True,
    agreement={"a": "a", "ção": "a", "dade": "a"},
    months=(
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ),
    of="de",
    fractions={2: ("meio", "meios"), 3: ("terço", "terços"), 4: ("quarto", "quartos")},
    one_part="um",
    and_half=ways("e meio", "e meia"),
)  # fmt: skip
