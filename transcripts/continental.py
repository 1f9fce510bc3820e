"""Other languages of Europe: the few words beside the numbers, which num2words knows."""

from __future__ import annotations

from asdelivered.transcripts.rules import Currency, LanguageRules, word_set

GERMAN = LanguageRules(
    decimal_mark=",",
    point="komma",
    percent=(("prozent",),),
    to="bis",
    signs={"&": (("und",),), "@": (("at",),), "+": (("plus",),), "°": (("grad",),)},
    dot="punkt",
    slash=((), ("schrägstrich",)),
    minus="minus",
    clock="uhr",
    thousand="tausend",
    currencies={
        "$": Currency("dollar", "dollar"),
        "€": Currency("euro", "euro"),
        "£": Currency("pfund", "pfund"),
    },
    magnitudes=word_set("tausend million millionen milliarde milliarden billion billionen"),
    magnitude_suffixes={"mio": "millionen", "mrd": "milliarden"},
    units={"km": (("kilometer",),), "kg": (("kilogramm",), ("kilo",)), "m": (("meter",),)},
    abbreviations={
        "z.b": (("zum", "beispiel"),),
        "d.h": (("das", "heißt"),),
        "usw": (("und", "so", "weiter"),),
        "bzw": (("beziehungsweise",),),
        "dr": (("doktor",),),
        "prof": (("professor",),),
        "mio": (("millionen",), ("million",)),
        "mrd": (("milliarden",), ("milliarde",)),
        "st.": (("sankt",),),
        "nr": (("nummer",),),
    },
    acronym_words=word_set("nato uno unesco unicef opec"),
)

FRENCH = LanguageRules(
    decimal_mark=",",
    point="virgule",
    percent=(("pour", "cent"),),
    to="à",
    signs={"&": (("et",),), "@": (("arobase",),), "+": (("plus",),), "°": (("degrés",),)},
    dot="point",
    slash=((),),
    minus="moins",
    clock="heures",
    thousand="mille",
    currencies={
        "$": Currency("dollar", "dollars"),
        "€": Currency("euro", "euros"),
        "£": Currency("livre", "livres"),
    },
    magnitudes=word_set("mille million millions milliard milliards"),
    abbreviations={"m.": (("monsieur",),), "mme": (("madame",),), "dr": (("docteur",),)},
    acronym_words=word_set("otan onu unesco unicef opep"),
)

SPANISH = LanguageRules(
    decimal_mark=",",
    point="coma",
    percent=(("por", "ciento"),),
    to="a",
    signs={"&": (("y",),), "@": (("arroba",),), "+": (("más",),)},
    dot="punto",
    minus="menos",
    thousand="mil",
    currencies={
        "$": Currency("dólar", "dólares"),
        "€": Currency("euro", "euros"),
        "£": Currency("libra", "libras"),
    },
    magnitudes=word_set("mil millón millones"),
    abbreviations={"sr": (("señor",),), "sra": (("señora",),), "dr": (("doctor",),)},
    acronym_words=word_set("otan onu unesco unicef"),
)

ITALIAN = LanguageRules(
    decimal_mark=",",
    point="virgola",
    percent=(("per", "cento"),),
    to="a",
    signs={"&": (("e",),), "+": (("più",),)},
    dot="punto",
    minus="meno",
    currencies={
        "$": Currency("dollaro", "dollari"),
        "€": Currency("euro", "euro"),
        "£": Currency("sterlina", "sterline"),
    },
    magnitudes=word_set("mila milione milioni miliardo miliardi"),
    acronym_words=word_set("nato onu unesco unicef"),
)

DUTCH = LanguageRules(
    decimal_mark=",",
    point="komma",
    percent=(("procent",),),
    to="tot",
    signs={"&": (("en",),), "+": (("plus",),)},
    dot="punt",
    minus="min",
    clock="uur",
    thousand="duizend",
    currencies={
        "$": Currency("dollar", "dollar"),
        "€": Currency("euro", "euro"),
        "£": Currency("pond", "pond"),
    },
    magnitudes=word_set("duizend miljoen miljard"),
    acronym_words=word_set("navo unesco unicef"),
)
