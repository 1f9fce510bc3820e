"""Tell in what language a text is written, by its letters and its smallest words.

The commonest words of a language are a third of any speech, and hardly two languages share many of them. A word that
several languages have counts less for each. (After Ingle, *A language identification table*, 1976.)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

DEFAULT = "en"
"""Where a text is too short to tell, or in a language that is not known here."""

_COMMON = {
    "en": "the of and to in that is for it we with you this be are on have not as at they was but our what there",
    "de": "der die das und ist nicht wir ich zu den ein eine mit auf für es sich auch dass sie im von werden haben",
    "fr": "de en à un le la les et des est que nous une pas pour vous dans qui sur avec je ce au du cette sont ont",
    "es": "y a de la el los las que en una por con para es del se no lo como más pero su está son hay este muy",
    "it": "il a e in un le i lo tutti grazie che di è non per una con sono della ma anche più questo del gli si",
    "nl": "het een van en dat is niet we ik te zijn voor met op ook er aan maar die hebben naar wat bij als deze",
    "pt": "e o a de que não uma para com os do da em é um mais como mas foi são também as ao dos muito está nós",
    "pl": "nie się że jest na do to jak ale dla tym przez są będzie od także oraz być który tego już tylko panie",
    "sv": "och att det är som en på för vi inte av den till har med jag om kan ett så men från ska också var",
    "da": "og det er at en til på som for med vi af ikke den jeg har de kan et men der skal også fra så hvad",
    "no": "og det er at en til på som for med vi av ikke den jeg har de kan et men der skal også fra så hva",
    "fi": "ja on ei että se oli olen me hän mutta myös niin kuin joka ovat tämä sen voi mitä tai jos kun meidän",
    "cs": "je se na že to jsem jsme ale jako pro nebo který jsou by také jeho už být není která tak jen při",
    "sk": "je sa na že to som sme ale ako pre alebo ktorý sú by tiež jeho už byť nie ktorá tak len pri",
    "hu": "a az és hogy nem is egy van ez azt meg csak de volt mint lesz már kell vagy nagyon ami mert",
    "ro": "și de la în nu că este cu pe pentru sunt mai din care am fost să dar o avem acest această foarte",
    "ca": "el la els les que i de amb per és una no dels però són també aquest aquesta més com hem molt",
    "hr": "je i u da na se su za nije što smo kao koji ili ali od će to bi samo biti hvala iz koje",
    "sl": "je in da se na so za ni kot tudi ki pa smo ali bi to ne kar lahko pri bo več iz zelo",
    "lt": "ir yra kad tai ne su mes į bet kaip už iš buvo labai taip jau apie tik turi mūsų dėl",
    "lv": "un ir ka tas ar mēs par no bet kā uz nav arī bija mums ļoti to ko mūsu lai vai",
    "et": "ja on et see ei ka me oli kui aga või mis meie oma seda väga nii kes peame meil",
    "tr": "ve bir bu için de da ile çok biz ne olarak daha var gibi ama olan en ben değil kadar sayın",
    "ga": "agus an na go ar is a ní tá sé le do bhí seo chun ach sin leis mar muid ag",
    "cy": "yn y a i o ei ac ar mae ni hyn am gan ond wedi yr fod eu chi bod sydd",
    "sq": "dhe të në e që për me një është ne nuk nga si kjo do kemi por edhe këtë janë",
    "is": "og að er í á það sem við ekki en til með um hefur ég þetta verið var fyrir af",
    "ru": "и в не на что мы это я с как по для но у от так было все его мне если быть",
    "uk": "і в не на що ми це я з як та для але у від так було всі його мені якщо є",
    "bg": "и в не на че ние това аз с как за но от така беше са да се ще сме",
    "sr": "и у да је на се су за није смо као који или али од ће то би само",
    "mk": "и во да е на се за не сме како што или но од ќе тоа само би",
    "el": "και το να η της του είναι για με που δεν την στο από θα μας τα αυτό σας",
    "ar": "في من على أن هذا هذه إلى ما التي كان نحن لا مع عن ذلك",
    "fa": "و در به از که این را با است ما برای آن است می یک",
    "ur": "کے میں ہے کی اور سے کو کا ہم نے یہ پر ہیں کہ",
}  # fmt: skip
_LETTERS = {
    "pl": "ąćęłńśźż", "de": "ßäöü", "fi": "äö", "es": "ñ¿¡", "pt": "ãõ", "fr": "œùêëç", "hu": "őűöü", "cs": "řěů",
    "tr": "ğışöü", "ro": "țășţ", "sv": "åäö", "da": "øæ", "no": "øæ", "lt": "ėųį", "lv": "ķļņ", "et": "õäöü",
    "is": "ðþ", "hr": "đ", "uk": "їєґ", "sr": "ђћџ", "ca": "·", "it": "ìò",
}  # fmt: skip
"""Letters that hint at a language: on a few words, which may all be rare, they are all there is."""
_LETTER = 0.3
"""What such a letter tells, of what a common word does."""
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "HEBREW": "he",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
"""Scripts that one language of events is written in, by the first word of their letters' names."""
_SAMPLE = 100_000
"""Characters that are looked at."""
_FEWEST = 4
"""Common words that it takes to tell."""
_AHEAD = 1.2
"""How many times as many the first language must have as the second."""


def _weights(signs: Mapping[str, Iterable[str]], weight: float) -> dict[str, dict[str, float]]:
    """For each sign, its languages, and what it tells for each."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language, own in signs.items():
        for sign in dict.fromkeys(own):
            languages[sign].append(language)
    return {sign: dict.fromkeys(found, weight / len(found)) for sign, found in languages.items()}


_WORD_WEIGHTS = _weights({language: words.split() for language, words in _COMMON.items()}, 1.0)
_LETTER_WEIGHTS = _weights(_LETTERS, _LETTER)


def detect_language(text: str, otherwise: str = DEFAULT) -> str:
    """Return the ISO 639-1 code of the language of a text; `otherwise` where the text does not tell."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script:
        return script
    lower = sample.lower()
    signs = [(Counter(re.findall(r"[^\W\d_]+", lower)), _WORD_WEIGHTS)]
    signs += [] if sample.isascii() else [(Counter(lower), _LETTER_WEIGHTS)]
    scores: defaultdict[str, float] = defaultdict(float)
    hits = 0
    for counts, weights in signs:
        for sign in weights.keys() & counts.keys():
            hits += counts[sign]
            for language, weight in weights[sign].items():
                scores[language] += weight * counts[sign]
    ranked = sorted(scores.items(), key=lambda score: -score[1])[:2]
    if hits < _FEWEST or not ranked:
        return otherwise
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= _AHEAD * second else otherwise


def _script(sample: str) -> str | None:
    """The language that the letters alone tell."""
    if sample.isascii():
        return None
    scripts: Counter[str] = Counter()
    letters = 0
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            letters += count
            scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    found = {
        script: count for script, count in scripts.items() if script in _SCRIPTS and count > 0.2 * letters
    }
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * letters > 0:
        return "ja"
    return _SCRIPTS[max(found, key=found.__getitem__)] if found else None
