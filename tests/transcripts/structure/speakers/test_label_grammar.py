"""Labels fit in with the others of their page; those that don't are left to the recording."""

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript

BANK = """Transcript of Chair Hill's Press Conference
March 4, 2026

CHAIR HILL.  Good afternoon.  My colleagues and I remain focused on our goals.

NICK TILL.  Nick Till, The Daily Harbour.  Chair Hill, why not cut?

CHAIR HILL.  So: we wait.  The economy is strong.

MARY STONE.  Howard.

{}
"""
GOVERNMENT = """Regierungspressekonferenz vom 4. März 2026

SRS Hill: Guten Tag! Der Bundeskanzler reist am Montag nach Kiel.

Frage: Herr Hill, wer bezahlt das?

SRS Hill: Das Verkehrsministerium.

Frage Jordan: Und das Auswärtige Amt?

SRS Hill: Das nicht.
"""
NATIONS = """Press Conference by Secretary-General Ann Hill at United Nations Headquarters

Following is the transcript of Secretary-General Ann Hill's press conference on climate, in New York today:

SECRETARY-GENERAL: Good morning. I am just back from Nairobi.

QUESTION: What next?

SECRETARY-GENERAL: Next: action. First: coal.
"""


def read(text: str) -> Transcript:
    return parse_transcript(text, path="page.txt", sha256="", language="en")


def spoken(page: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


def doubtful(page: Transcript) -> list[str]:
    return [
        line.text
        for turn in page.turns
        for line in turn.lines
        if line.kind is LineKind.SPEAKER and line.optional
    ]


def test_a_colon_in_the_first_sentence_is_no_part_of_the_label() -> None:
    page = read(BANK.format("CHAIR HILL.  Thank you."))
    assert ("CHAIR HILL", "So: we wait.  The economy is strong.") in spoken(page)
    assert doubtful(page) == []


def test_a_name_without_the_capitals_of_the_others_is_in_doubt() -> None:
    page = read(BANK.format("Mr. Stone. That was what they called me."))
    assert doubtful(page) == ["Mr. Stone."]


def test_a_question_with_the_name_of_who_asks_it() -> None:
    speakers = [turn.speaker for turn in read(GOVERNMENT).turns]
    assert speakers[1:] == ["SRS Hill", "Frage", "SRS Hill", "Frage Jordan", "SRS Hill"]


def test_what_introduces_the_transcript_is_not_speech() -> None:
    assert spoken(read(NATIONS))[0] == ("SECRETARY-GENERAL", "Good morning. I am just back from Nairobi.")


def test_counted_sentences_above_the_footnotes_are_spoken() -> None:
    page = read("Ann Hill: We have plans.[1] They are two.\n\n1. We build the quay.\n\n[1] See the annex.\n")
    kinds = {line.text: line.kind for turn in page.turns for line in turn.lines}
    assert kinds["1. We build the quay."] is LineKind.SPOKEN
    assert kinds["[1] See the annex."] is LineKind.FOOTNOTE


def test_names_in_wide_brackets() -> None:
    page = read(
        "（記者）\n港はいつ開きますか。\n（総理）\n来年です。\n（拍手）\n（記者）\n費用は。\n（総理）\n十億円です。\n"
    )
    assert spoken(page) == [
        ("記者", "港はいつ開きますか。"),
        ("総理", "来年です。"),
        ("記者", "費用は。"),
        ("総理", "十億円です。"),
    ]
    assert doubtful(page) == []
