"""Languages without a tagger: the words of closed classes, which are most of what a captioner looks at.

Lower case. A word of a list has its class wherever it stands; all others are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.subtitles.grammar.word_class import Classes, WordClass

_D, _P, _C, _S = WordClass.DETERMINER, WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.SUBORDINATOR
_A, _I, _N = WordClass.AUXILIARY, WordClass.PRONOUN, WordClass.NEGATION

_LISTS: dict[str, dict[WordClass, str]] = {
    "fr": {
        _D: "le la les l un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur "
        "leurs chaque tout toute tous toutes quelque quelques plusieurs aucun aucune très plus",
        _P: "à de d en dans sur sous avec sans pour par vers chez entre contre depuis pendant avant après malgré selon dès "
        "jusque jusqu hors parmi envers",
        _C: "et ou mais ni car donc or",
        _S: "que qu qui quoi dont où quand lorsque lorsqu si comme puisque puisqu parce quoique quoiqu afin pourquoi comment "
        "combien laquelle lequel lesquels lesquelles",
        _A: "ai as a avons avez ont avais avait avions aviez avaient aurai aura aurons aurez auront aurait auraient suis es "
        "est sommes êtes sont étais était étions étiez étaient serai sera serons serez seront serait seraient été peux "
        "peut pouvons pouvez peuvent pouvait pourra pourrait dois doit devons devez doivent devait devra devrait veux "
        "veut voulons voulez veulent va vais allons allez vont faut",
        _I: "je j tu il elle on nous vous ils elles c",
        _N: "ne n pas jamais plus rien",
        WordClass.OBJECT: "me m te t se s lui y",
    },
    "es": {
        _D: "el la los las un una unos unas al del este esta estos estas ese esa esos esas aquel aquella aquellos aquellas mi "
        "mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra cada todo toda todos todas algún alguna "
        "algunos algunas ningún ninguna muy más",
        _P: "a de en con sin por para sobre entre hacia hasta desde contra según durante mediante tras ante bajo",
        _C: "y e o u pero sino ni pues",
        _S: "que quien quienes cual cuales cuyo cuya donde cuando si como porque aunque mientras qué quién cómo dónde cuándo",
        _A: "he has ha hemos habéis han había habían habrá habría hay soy eres es somos sois son era eran será serán sería "
        "fue fueron estoy estás está estamos están estaba estaban puedo puede podemos pueden podía podrá podría debo debe "
        "debemos deben debería quiero quiere queremos quieren va van voy vamos",
        _I: "yo tú él ella nosotros nosotras ustedes vosotros ellos ellas usted",
        _N: "no nunca jamás tampoco",
        WordClass.OBJECT: "me te se nos os lo le les",
    },
    "it": {
        _D: "il lo la i gli le l un uno una un del dello della dei degli delle al allo alla ai agli alle dal dallo dalla dai "
        "dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle questo questa questi queste quel "
        "quello quella quei quegli quelle mio mia miei mie tuo tua suo sua suoi sue nostro nostra nostri nostre vostro "
        "vostra ogni tutto tutta tutti tutte qualche alcuni alcune nessun nessuna molto più dell all dall nell sull quest",
        _P: "a di d da in con su per tra fra senza verso contro durante dopo prima secondo fino",
        _C: "e ed o oppure ma né però",
        _S: "che chi cui quale quali dove quando se come perché affinché mentre sebbene benché poiché siccome quanto",
        _A: "ho hai ha abbiamo avete hanno avevo aveva avevamo avevano avrà avrebbe sono sei è siamo siete era eravamo erano "
        "sarà saranno sarebbe stato stata può posso possiamo possono poteva potrà potrebbe devo deve dobbiamo devono "
        "dovrebbe voglio vuole vogliamo vogliono",
        _I: "io tu lui lei noi voi loro egli ella essi",
        _N: "non mai nemmeno",
        WordClass.OBJECT: "mi ti si ci vi ne",
    },
    "pt": {
        _D: "o a os as um uma uns umas ao aos à às do da dos das no na nos nas pelo pela pelos pelas este esta estes estas "
        "esse essa esses essas aquele aquela meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas "
        "cada todo toda todos todas algum alguma nenhum nenhuma muito mais",
        _P: "de em com sem por para sobre entre até desde contra segundo durante após ante sob",
        _C: "e ou mas nem porém",
        _S: "que quem qual quais cujo cuja onde quando se como porque embora enquanto pois",
        _A: "tenho tem temos têm tinha tinham terá teria hei há havia sou é somos são era eram será serão seria foi foram "
        "estou está estamos estão estava estavam posso pode podemos podem poderá poderia devo deve devemos devem deveria "
        "quero quer queremos querem vai vão vou vamos",
        _I: "eu tu ele ela nós vós eles elas você vocês",
        _N: "não nunca jamais",
        WordClass.OBJECT: "me te se lhe lhes",
    },
    "pl": {
        _D: "ten ta to ci te tego tej tych tym temu mój moja moje nasz nasza nasze wasz jego jej ich swój swoja swoje każdy "
        "każda każde wszystkie wszyscy żaden żadna bardzo",
        _P: "w we z ze na do od dla o u po przy przez pod nad przed za między bez wobec według podczas wśród ku",
        _C: "i a oraz lub albo ale lecz ani więc",
        _S: "że żeby aby który która które którzy którego której których którym gdzie kiedy gdy jeśli jeżeli ponieważ bo "
        "chociaż co kto jak dlaczego",
        _A: "jestem jesteś jest jesteśmy są był była było byli były będę będzie będziemy będą może mogę możemy mogą musi "
        "musimy muszą chce chcemy trzeba należy",
        _I: "ja ty on ona ono my wy oni one",
        _N: "nie nigdy",
        WordClass.OBJECT: "się mnie mi cię ci go mu nas nam was wam im",
    },
    "uk": {
        _D: "цей ця це ці той та те ті мій моя моє мої наш наша наше наші ваш ваша його її їх свій своя кожен кожна всі дуже",
        _P: "в у на з із зі до від для про по при через під над перед за між без проти після біля серед крім о",
        _C: "і й та або чи але ні",
        _S: "що щоб який яка яке які якого якої яких де коли якщо бо тому хоча хто як чому",
        _A: "є був була було були буде будемо будуть може можемо можуть мусить маємо мають",
        _I: "я ти він вона воно ми ви вони",
        _N: "не ніколи",
        WordClass.OBJECT: "мене мені тебе тобі його йому її їй нас нам вас вам їх їм себе",
    },
    "ru": {
        _D: "этот эта это эти тот та те мой моя мое мои наш наша наше наши ваш ваша его её их свой своя каждый каждая все очень",
        _P: "в во на с со из к ко от до для о об по при через под над перед за между без против после около среди кроме у",
        _C: "и а или но ни",
        _S: "что чтобы который которая которое которые которого которой которых где когда если потому хотя кто как почему",
        _A: "есть был была было были будет будем будут может можем могут должен должна должны",
        _I: "я ты он она оно мы вы они",
        _N: "не никогда",
        WordClass.OBJECT: "меня мне тебя тебе него ему ней ей нас нам вас вам них им себя",
    },
}

_KNOWN = {
    language: {word: kind for kind, words in lists.items() for word in words.split()} for language, lists in _LISTS.items()
}

LANGUAGES = frozenset(_LISTS)

_PIECES = re.compile(r"\w+(?:-\w+)*")


def look_up(words: Sequence[str], language: str) -> list[Classes]:
    """Return the classes of each word, in a language of LANGUAGES, or of any other where all are unknown.

    "l'Europe" begins as an article and ends as what Europe is.
    """
    known = _KNOWN.get(language, {})
    classes = []
    for word in words:
        pieces = _PIECES.findall(word.lower().replace("’", "'")) or [""]
        first, last = (
            WordClass.NUMBER if piece[:1].isdigit() else known.get(piece, WordClass.OTHER)
            for piece in (pieces[0], pieces[-1])
        )
        classes.append((first, last))
    return classes
