"""Words by which people are named beside their names, in the languages of Europe: offices, courtesies, functions."""

from __future__ import annotations

import re
from functools import lru_cache

from asdelivered.transcripts.languages.rules import word_set

ROLES = word_set(
    # English
    "vice-president vice-chair vice-chairman vice-chairwoman vice-chancellor vice-premier co-president co-founder "
    "acting admiral adviser advisor affairs alderman ambassador analyst anchor archbishop assistant attorney "
    "baroness bishop brigadier candidate captain cardinal ceo cfo chair chairman chairperson chairwoman "
    "chancellor chief clerk co-chair co-host colonel commandant commander commissioner congressman "
    "congresswoman consul coo coordinator correspondent councillor councilman councilwoman counsel count cto "
    "dame dean defence defense delegate deputy director dr duke economist editor emperor engineer envoy "
    "executive expert fellow first foreign former founder general governor head high holiness honorable "
    "honourable host investigator journalist judge justice king lady leader lieutenant lord madam majesty major "
    "manager marshal mayor member minister moderator mp mep mr mrs ms observer officer owner parliamentary "
    "partner patriarch permanent pope premier presenter president press prime prince princess principal pro "
    "prof professor prosecutor provost queen rabbi rapporteur rector reporter representative researcher "
    "reverend scholar scientist secgen secretary senator senior sergeant sheriff sir speaker special spokesman "
    "spokesperson spokeswoman staff state superintendent tempore treasurer under undersecretary usher vice "
    "vicar warden "
    # German
    "abgeordnete abgeordneter alterspräsident ausschussvorsitzender botschafter botschafterin bundeskanzler "
    "bundeskanzlerin bundesminister bundesministerin bundespräsident bundespräsidentin bundesrat bundesrätin "
    "bürgermeister bürgermeisterin direktor direktorin fraktionsvorsitzende fraktionsvorsitzender "
    "generalsekretär generalsekretärin intendant intendantin kanzler kanzlerin kommissar kommissarin "
    "landeshauptmann landrat landrätin minister ministerin ministerpräsident ministerpräsidentin "
    "oberbürgermeister oberbürgermeisterin parlamentarischer parlamentarische präsident präsidentin "
    "regierungssprecher regierungssprecherin sprecher sprecherin staatsminister staatsministerin staatssekretär "
    "staatssekretärin stv stellvertretende stellvertretender sts vizekanzler vizepräsident vizepräsidentin "
    "vorsitzende vorsitzender zweiter erster "
    # French
    "adjoint adjointe ambassadeur ambassadrice chancelier chef cheffe commissaire conseiller conseillère député "
    "députée directeur directrice délégué déléguée générale général garde maire ministre modérateur modératrice "
    "porte-parole premier première président présidente préfet préfète rapporteur rapporteure représentant "
    "représentante secrétaire sénateur sénatrice vice-président vice-présidente "
    # Spanish
    "alcalde alcaldesa canciller comisario comisaria consejera consejero delegada delegado diputada diputado "
    "directora embajador embajadora fiscal gobernador gobernadora jefa jefe ministra ministro moderador "
    "moderadora portavoz presidenta presidente primer primera rey reina secretaria secretario senador senadora "
    "vicepresidenta vicepresidente vocera vocero "
    # Italian
    "ambasciatore ambasciatrice assessore assessora commissario commissaria consigliere consigliera deputato "
    "deputata direttore direttrice governatore moderatore moderatrice papa portavoce presidente re regina "
    "sindaco sindaca segretario segretaria senatore senatrice sottosegretaria sottosegretario viceministro "
    "vicepresidente "
    # Dutch
    "ambassadeur burgemeester commissaris directeur fractievoorzitter koning koningin lid minister minister- "
    "president premier staatssecretaris voorzitter vicepremier wethouder woordvoerder woordvoerster secretaris- "
    "generaal "
    # Portuguese
    "comissária comissário deputada deputado diretor diretora embaixador embaixadora governador governadora "
    "ministra ministro moderador moderadora porta-voz presidenta presidente primeira-ministra primeiro-ministro "
    "relator relatora secretária secretário senador senadora vice-presidente "
    # Polish
    "ambasador burmistrz dyrektor generał kanclerz komisarz marszałek minister ministra moderator moderatorka "
    "poseł posłanka premier prezes prezydent przewodnicząca przewodniczący radny radna rzeczniczka rzecznik "
    "sekretarz senator senatorka sędzia wicemarszałek wiceminister wicepremier wiceprezes wiceprezydent "
    "wiceprzewodniczący wojewoda sprawozdawca"
)
"""Words of offices. A name has others beside them."""

PORTFOLIOS = word_set(
    "finansów spraw zagranicznych wewnętrznych obrony narodowej zdrowia edukacji sprawiedliwości rolnictwa rozwoju "
    "infrastruktury klimatu środowiska kultury nauki sportu cyfryzacji pracy rodziny aktywów państwowych funduszy "
    "rządu "
    "sejmu senatu rzeczypospolitej polskiej rp ue prezydenta premiera ministra ministrów rady prasowy generalny "
    "finance defence defense health education justice interior transport trade treasury energy "
    "finanzen verteidigung inneren wirtschaft finances défense intérieur affaires étrangères santé justice "
    "hacienda defensa exteriores esteri difesa interno salute financiën defensie finanças saúde"
)
"""What an office is for, where the language needs no small word before it: "Minister Finansów"."""

COURTESY = word_set(
    "heer sr.ª sr.a srª "
    "mr mrs ms miss mister madam madame sir dame lord lady m mm mme mlle monsieur mesdames messieurs herr frau "
    "hr fr sr sra srta señor señora don doña sig signor signora dott on dhr mevr mw meneer mevrouw senhor "
    "senhora pan pani p dr prof"
)
"""Words that stand before a name, in lower case and without their dot."""

ARTICLES = word_set("the le la les l el los las il lo i gli der die das de het o a os as")

JOINING = word_set(
    "am an aan degli dei dello dos nad pod sous upon "
    "a al and at bei beim bin da das de del della dell delle dem den der des di do dos du e el en et for für "
    "from ds im in l la las le les los of on op ter the to u und van vom von voor w we y z za ze zu zum zur &"
)
"""Words that a name or a title writes small."""

_FUNCTION = (
    r"questions?|answers?|q|a|comment|intervention|journalist(?:in)?|reporter|moderator(?:in|ka)?|interviewer(?:in)?|"
    r"interviewee|host|presenter|narrator|interpreter|speaker|participant|facilitator|operator|announcer|"
    r"(?:audience|panel|committee)\s+member|member\s+of\s+the\s+(?:audience|public|press)|panel(?:l)?ist|"
    r"unidentified(?:\s+\w+)?|unknown(?:\s+(?:speaker|voice|male|female))?|several\s+(?:speakers|members|voices)|voice-?overs?|"
    r"(?:a|the)\s+(?:participant|reporter|journalist|questioner)|"
    r"frage(?:r|rin|steller(?:in)?)?|zuruf|zwischenruf|zusatzfrage|zusatz|antwort|vorsitz(?:ende[rs]?)?|dolmetscher(?:in)?|"
    r"question(?:neur)?|réponse|journaliste|modérat(?:eur|rice)|animat(?:eur|rice)|interprète|intervenant(?:e)?|"
    r"pregunta|respuesta|periodista|moderador(?:a)?|intérprete|domanda|risposta|giornalista|moderat(?:ore|rice)|"
    r"vraag|antwoord|journaliste?|gespreksleid(?:er|ster)|tolk|"
    r"pergunta|resposta|jornalista|pytanie|odpowiedź|dziennikar(?:z|ka)|prowadząc[ay]|tłumacz(?:ka)?|głos(?:\s+z\s+sali)?"
)
_FIXED = re.compile(
    rf"(?:(?:online|audience|next|first|second|third|last|final|follow-up|press|media|male|female|same)\s+)?(?:{_FUNCTION})"
    r"(?:\s+#?\d{1,3}|\s+[A-Z])?(?:\s+(?:from|by|in|aus|von|de|du|di|da|del|uit|van|z)\s+.{1,80})?"
    r"(?:\s*[\[(][^\[\]()]{1,80}[\])])?",
    re.IGNORECASE,
)
PAIRS = ("QA", "FA", "QR", "PR", "DR", "VA", "PO")
"""The letters of question and answer, in one language or another."""


@lru_cache(maxsize=4096)
def is_function(text: str) -> bool:
    """Tell whether a label names somebody by what they do there: "Question from the audience", "Moderator"."""
    return text[:1].isupper() and _FIXED.fullmatch(text) is not None
