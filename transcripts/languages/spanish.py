"""Spanish: the words for signs, abbreviations and acronyms."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Currency, LanguageRules, Regnal, table, ways, word_set

_ABBREVIATIONS = table("""
s.m = su majestad
ss.mm = sus majestades
s.a.r = su alteza real
ss.aa.rr = sus altezas reales
s.e = su excelencia
d.a, da. = doña
ccaa = comunidades autónomas
rrhh = recursos humanos
jjoo = juegos olímpicos
n.os, núms = números
n° = número
p# = página
págs = páginas
§ = párrafo
apdo = apartado
dptos = departamentos
dpto = departamento
gral. = general
cía = compañía
ltda = limitada
p.d = posdata
q.e.p.d = que en paz descanse
min. = mínimo | ministro
máx. = máximo
mons = monseñor
sto. = santo
sta. = santa
r.d = real decreto
sr = señor
sra = señora
srta = señorita
sres = señores
sras = señoras
d. = don
dña = doña
dr = doctor
dra = doctora
prof = profesor
lic = licenciado
ing = ingeniero
excmo = excelentísimo
excma = excelentísima
ud, vd = usted
uds, vds = ustedes
ee.uu, eeuu = estados unidos
ee. = estados
uu. = unidos
ff.aa = fuerzas armadas
jj.oo = juegos olímpicos
cc.aa = comunidades autónomas
rr.hh = recursos humanos
p.ej = por ejemplo
etc = etcétera
aprox = aproximadamente
art. = artículo
arts. = artículos
cap. = capítulo
núm = número
n.o, nro = número
pág = página
tel = teléfono
avda, av. = avenida
c/ = calle
a.c = antes de cristo
d.c = después de cristo
mill. = millones
ene. = enero
feb. = febrero
abr. = abril
ago. = agosto
sept. = septiembre
oct. = octubre
nov. = noviembre
dic. = diciembre
""")

_FIXED = table("""
i+d+i = i más d más i
i+d = i más d
24/7 = veinticuatro siete
50/50 = cincuenta cincuenta
1.er, 1er = primer
3.er, 3er = tercer
""")

_UNITS = table("""
°c, oc = grados celsius | grados centígrados | grados
°f, of = grados fahrenheit | grados
mwh = megavatios hora
gwh = gigavatios hora
twh = teravatios hora
kmh = kilómetros por hora
hm3 = hectómetros cúbicos
m/s = metros por segundo
x = por
km = kilómetros | kilómetro
m = metros | metro
cm = centímetros
mm = milímetros
kg = kilogramos | kilos
g = gramos
t = toneladas | tonelada
l = litros | litro
h = horas | hora
min = minutos | minuto
ha = hectáreas
km/h = kilómetros por hora
m2 = metros cuadrados
km2 = kilómetros cuadrados
m3 = metros cúbicos
kw = kilovatios
mw = megavatios
gw = gigavatios
kwh = kilovatios hora
gb = gigabytes | gigas
""")

SPANISH = LanguageRules(
    decimal_mark=",",
    point="coma",
    percent=ways("por ciento"),
    to="a",
    ratio="a",
    of_magnitude="de",
    signs={
        "&": ways("y"),
        "@": ways("arroba"),
        "+": ways("más"),
        "=": ways("igual"),
        "°": ways("grados"),
        "§": ways("párrafo"),
        "§§": ways("párrafos"),
        "~": ways("unos", "aproximadamente"),
        "×": ways("por"),
        "±": ways("más menos"),
    },
    dot="punto",
    slash=((), ("barra",)),
    number_sign=("número",),
    minus="menos",
    clock_joint="y",
    clock_after=word_set("horas h"),
    clock_before=word_set("las la"),
    blank_groups=True,
    thousand="mil",
    currencies={
        "$": Currency("dólar", "dólares", "centavos"),
        "usd": Currency("dólar", "dólares"),
        "€": Currency("euro", "euros", "céntimos"),
        "eur": Currency("euro", "euros"),
        "£": Currency("libra", "libras"),
    },
    magnitudes=word_set("mil millón millones billón billones"),
    magnitude_suffixes={"m": "millones", "mm": "mil millones", "k": "mil"},
    units=_UNITS,
    fixed=_FIXED,
    abbreviations=_ABBREVIATIONS,
    acronym_words=word_set(
        "otan onu unesco unicef opep sida psoe isis hamas frontex mercosur ibex ave renfe iva cop covid"
    ),
    joined_prefixes=word_set("ex anti vice"),
    ordinal_endings=word_set("° o a os as er ro ra do da to ta mo ma no na vo va"),
    ordinal_cases=({"o": "a"}, {"primero": "primer", "tercero": "tercer"}),
    number_cases={
        "uno": ("un", "una"),
        "veintiuno": ("veintiún", "veintiuna"),
        "cien": ("ciento",),
        "doscientos": ("doscientas",),
        "trescientos": ("trescientas",),
        "cuatrocientos": ("cuatrocientas",),
        "quinientos": ("quinientas",),
        "seiscientos": ("seiscientas",),
        "setecientos": ("setecientas",),
        "ochocientos": ("ochocientas",),
        "novecientos": ("novecientas",),
    },
    counted=word_set("artículo capítulo título tomo siglo parte anexo siglos"),
    regnal=Regnal.TO_TEN,
    single_regnal=True,
    rank_before_noun=True,
    agreement={"a": "a", "cumbre": "a", "ión": "a", "dad": "a"},
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    of="de",
    fractions={2: ("medio", "medios"), 3: ("tercio", "tercios"), 4: ("cuarto", "cuartos")},
    one_part="un",
    and_half=ways("y medio", "y media"),
)  # fmt: skip
