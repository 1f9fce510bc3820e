"""The structure of pages: headings, speakers, notes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript


def parse(text: str, language: str = "en") -> Transcript:
    return parse_transcript(text, path="page.txt", sha256="", language=language)


def spoken(page: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


def kind_of(text: str, page: Transcript) -> LineKind:
    (kind,) = {line.kind for turn in page.turns for line in turn.lines if line.text == text}
    return kind


SPEECH = """\
A Stronger Europe in a Dangerous World

Keynote address by EU High Representative for Foreign Affairs Kaja Kallas at the Lennart Meri Conference

  • 17 May 2025 -
  • |
  • Last updated: 18 May. 2025 07:55

(As delivered)

Dear friends,
it is good to be here.

We stand with Ukraine

Never Again

That is our promise. [applause]
[applause]

***

Thank you.
"""


def test_speech_with_heading() -> None:
    page = parse(SPEECH)
    assert page.title == "A Stronger Europe in a Dangerous World"
    assert page.occasion is not None
    assert page.occasion.startswith("Keynote address by EU High Representative")
    assert page.date == date(2025, 5, 17)
    speaker = "EU High Representative for Foreign Affairs Kaja Kallas"
    assert spoken(page) == [
        (speaker, "Dear friends,"),
        (speaker, "it is good to be here."),
        (speaker, "We stand with Ukraine"),
        (speaker, "Never Again"),
        (speaker, "That is our promise. [applause]"),
        (speaker, "Thank you."),
    ]
    assert kind_of("(As delivered)", page) is LineKind.NOTE
    assert kind_of("[applause]", page) is LineKind.NOTE
    assert kind_of("***", page) is LineKind.SEPARATOR
    assert kind_of("• |", page) is LineKind.METADATA
    assert [turn.id for turn in page.turns] == ["T001", "T002"]
    assert page.turns[0].speaker is None


def test_questions_after_a_speech() -> None:
    page = parse(
        SPEECH + "\nModerator\n\nThank you very much.\n\nKaja Kallas\n\nSure.\n\nEdward Lucas, The Times\n\n"
        "My question is this.\n\nKaja Kallas\n\nNo.\n\nQuestion from Reuters\n\nAnd why?\n\n"
        "Kaja Kallas\n\nBecause.\n"
    )
    assert spoken(page)[6:] == [
        ("Moderator", "Thank you very much."),
        ("Kaja Kallas", "Sure."),
        ("Edward Lucas, The Times", "My question is this."),
        ("Kaja Kallas", "No."),
        ("Question from Reuters", "And why?"),
        ("Kaja Kallas", "Because."),
    ]


def test_press_conference_with_labels_on_the_line() -> None:
    page = parse(
        "Joint press conference\nby NATO Secretary General Jens Stoltenberg with the Prime Minister\n\n"
        "23 Oct. 2023\nNATO HQ, Brussels\n\n"
        "Oana Lungescu (NATO Spokesperson): Good afternoon. I want to be clear: it's short.\n"
        "NATO Secretary General Jens Stoltenberg: Thank you.\n"
        "I have one thing to say: we are ready.\n\n"
        "Question: Why?\n"
        "Oana Lungescu (NATO Spokesperson): Reuters.\n"
    )
    assert page.title is None
    assert page.date == date(2023, 10, 23)
    assert spoken(page) == [
        ("Oana Lungescu (NATO Spokesperson)", "Good afternoon. I want to be clear: it's short."),
        ("NATO Secretary General Jens Stoltenberg", "Thank you."),
        ("NATO Secretary General Jens Stoltenberg", "I have one thing to say: we are ready."),
        ("Question", "Why?"),
        ("Oana Lungescu (NATO Spokesperson)", "Reuters."),
    ]
    ids = [line.id for turn in page.turns for line in turn.lines]
    assert ids[6:10] == ["L0007s", "L0007", "L0008s", "L0008"]
    assert len(set(ids)) == len(ids)


def test_labels_in_capitals_without_blank_lines() -> None:
    page = parse(
        "MODERATOR:\nWelcome.\nJOHN SMITH:\nThank you. Remember:\nfreedom is not free.\nMODERATOR:\nOkay.\n"
    )
    assert spoken(page) == [
        ("MODERATOR", "Welcome."),
        ("JOHN SMITH", "Thank you. Remember:"),
        ("JOHN SMITH", "freedom is not free."),
        ("MODERATOR", "Okay."),
    ]


def test_labels_on_a_page_without_blank_lines() -> None:
    page = parse(
        "Speech by Mark Rutte at home\n(As delivered)\nThank you.\nRosa Balfour\nWhy?\nMark Rutte\nSo.\n"
        "Question from the audience\nMr President?\nRosa Balfour\nBye.\n"
    )
    assert spoken(page) == [
        ("Mark Rutte", "Thank you."),
        ("Rosa Balfour", "Why?"),
        ("Mark Rutte", "So."),
        ("Question from the audience", "Mr President?"),
        ("Rosa Balfour", "Bye."),
    ]


def test_names_right_above_their_text() -> None:
    page = parse("John Doe\nHow are you?\n\nAnna Smith\nFine.\n\nJohn Doe\nGood.\n\nAnna Smith\nYes.\n")
    assert [speaker for speaker, _ in spoken(page)] == ["John Doe", "Anna Smith", "John Doe", "Anna Smith"]


def test_a_shorter_label_of_a_known_speaker() -> None:
    page = parse(
        "Opening Remarks\n\nPresident of the European Commission Ursula von der Leyen\n\n"
        "Honourable Members\n\n"
        "We will act.\n\nUrsula von der Leyen\n\nI repeat it.\n"
    )
    assert page.title == "Opening Remarks"
    assert [speaker for speaker, _ in spoken(page)][-1] == "Ursula von der Leyen"
    assert kind_of("Honourable Members", page) is LineKind.SPOKEN


@pytest.mark.parametrize(
    "line",
    [
        "There is nothing. ",
        "One day - ",
        "With Ukraine.",
        "In Kharkiv",
        "North Korea",
        "Ladies and Gentlemen",
        "Mr Secretary General",
        "War is brutal and ugly",
        "This is our Alliance",
        "I say to governments:",
        "Freedom, Democracy, Unity.",
        "Freedom Will Win.",
    ],
)
def test_a_line_that_stands_alone_is_not_a_speaker(line: str) -> None:
    page = parse(f"{SPEECH}\n{line}\n\nAnd so we go on.\n")
    assert {speaker for speaker, _ in spoken(page)} == {
        "EU High Representative for Foreign Affairs Kaja Kallas"
    }
    assert kind_of(line.strip(), page) is LineKind.SPOKEN


ROWS = [
    "The Law of Club and Fang",
    "Well, did they eat",
    "Speech by the minister at noon was good",
    "North Korea",
    "North Korea",
    "He called on 12 December 2024",
    "Remember:",
]


@pytest.mark.parametrize("first", range(len(ROWS)))
def test_plain_rows_are_all_spoken(first: int) -> None:
    rows = ROWS[first:] + ROWS[:first]
    page = parse("\n".join(rows))
    assert spoken(page) == [(None, row) for row in rows]
    assert page.title is None


def test_german_speech() -> None:
    page = parse(
        "„Zeitenwende“\n\nRede von Bundeskanzler Olaf Scholz bei der Konferenz\n\n18. Februar 2023\n\n"
        "Es gilt das gesprochene Wort.\n\nMeine Damen und Herren,\nich danke Ihnen.\n",
        "de",
    )
    assert page.title == "Zeitenwende"
    assert page.date == date(2023, 2, 18)
    assert spoken(page) == [
        ("Bundeskanzler Olaf Scholz", "Meine Damen und Herren,"),
        ("Bundeskanzler Olaf Scholz", "ich danke Ihnen."),
    ]


def test_what_is_inaudible_is_spoken_and_an_aside_too() -> None:
    page = parse(
        "[inaudible]\n(And I mean every single word of that, my friends.)\n(laughter)\n[Video message]\n"
    )
    assert [text for _, text in spoken(page)] == [
        "[inaudible]",
        "(And I mean every single word of that, my friends.)",
    ]


breaks = st.sampled_from(["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
LIKELY_ROWS = """\
Speech by Mark Rutte at home
12 Dec. 2024 -
Moderator
Mark Rutte
Mark Rutte: Yes.
MARK RUTTE:
Question:
Q: Why?
“Title”
***
(laughter)
[inaudible]
• |
A sentence.
Thank you

"""
rows = st.sampled_from(LIKELY_ROWS.split("\n")) | st.text(max_size=20)


@given(st.lists(st.tuples(rows, breaks), max_size=25).map(lambda parts: "".join(a + b for a, b in parts)))
def test_no_character_is_lost(text: str) -> None:
    page = parse(text)
    assert page.source == text
    ids = [line.id for turn in page.turns for line in turn.lines]
    assert len(set(ids)) == len(ids)
    for turn in page.turns:
        assert turn.lines
        for line in turn.lines:
            words = [token.text for token in line.tokens]
            aligned = line.kind is LineKind.SPOKEN or line.optional
            assert words == (line.text.split() if aligned else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Well ..... I do not think so.",
        "We said “hold on..... whatever comes” and we meant it.",
        "It was a long ......... long night",
        "我們......我們會做的。",
        "6:24 in the morning.",
        "The meeting was adjourned at 3 p.m. yesterday.",
        "The sitting was suspended, and that was that.",
        "1989.",
        "10, 9, 8, 7",
        "WE WILL NOT GIVE UP.",
        "See page 12.",
        "END OF STORY",
        "Applause is not what I want.",
        "Press contacts",
    ],
)
def test_what_shares_its_line_with_a_label_is_speech(sentence: str) -> None:
    page = f"MODERATOR: Who begins?\n\nMS OLDE: {sentence}\n\nMODERATOR: Thank you.\n\nMS OLDE: Not at all.\n"
    assert spoken(parse(page))[1:3] == [("MS OLDE", sentence), ("MODERATOR", "Thank you.")]


def test_a_time_after_the_colon_is_the_labels_where_most_have_one() -> None:
    page = "Ann Hill: 00:05 Hello.\n\nBob Ray: 00:09 Hi.\n\nAnn Hill: 01:00 So.\n\nBob Ray: Yes.\n"
    assert [text for _, text in spoken(parse(page))] == ["Hello.", "Hi.", "So.", "Yes."]


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_label_with_a_time_may_be_one_word_and_come_once(blank: str) -> None:
    page = f"Vera Olde (00:00):\nGood evening.\n{blank}Crowd (03:39):\nBravo.\n{blank}Vera Olde (03:45):\nThank you.\n"
    assert [who for who, _ in spoken(parse(page))] == ["Vera Olde", "Crowd", "Vera Olde"]


def test_an_address_does_not_cancel_the_labels_in_capitals() -> None:
    page = (
        "MODERADOR\nEscuchemos.\n---\nMODERADOR\nGracias.\n---\nVERA OLMO, VECINA DEL PUERTO\nBuenos días.\n"
        "Señor director del Puerto:\nGracias por venir.\n---\nINTERVENCIÓN\nNo se oye.\n"
    )
    assert spoken(parse(page, "es")) == [
        ("MODERADOR", "Escuchemos."),
        ("MODERADOR", "Gracias."),
        ("VERA OLMO, VECINA DEL PUERTO", "Buenos días."),
        ("VERA OLMO, VECINA DEL PUERTO", "Señor director del Puerto:"),
        ("VERA OLMO, VECINA DEL PUERTO", "Gracias por venir."),
        ("INTERVENCIÓN", "No se oye."),
    ]


def test_a_page_in_capitals() -> None:
    page = (
        "00:10:23\nVera Olde\nGOOD EVENING. WE ARE HERE TO TALK ABOUT THE FERRY TONIGHT. SHALL WE?\nShow Full Text\n"
        "00:14:23\nTom Lund\nTHANK YOU. WE OWE A LOT TO ALL THE PEOPLE OF THIS OLD TOWN.\nShow Full Text\n"
    )
    assert spoken(parse(page)) == [
        ("Vera Olde", "GOOD EVENING. WE ARE HERE TO TALK ABOUT THE FERRY TONIGHT. SHALL WE?"),
        ("Tom Lund", "THANK YOU. WE OWE A LOT TO ALL THE PEOPLE OF THIS OLD TOWN."),
    ]
    assert kind_of("Show Full Text", parse(page)) is LineKind.FURNITURE


def test_a_sentence_in_capitals_above_the_first_label_is_spoken() -> None:
    page = "WE WILL NOT GIVE UP ON THIS FERRY.\n\nMS OLDE: Thank you.\n\nMR LUND: Not at all.\n\nMS OLDE: Well.\n"
    assert spoken(parse(page))[0] == (None, "WE WILL NOT GIVE UP ON THIS FERRY.")


def test_a_time_after_a_label_on_a_line_of_its_own() -> None:
    page = "Vera Olde: 00:16\n\nWelcome.\n\nTom Lund: 00:20\n\nHello.\n\nVera Olde: 00:24\n\nWell.\n"
    assert spoken(parse(page)) == [("Vera Olde", "Welcome."), ("Tom Lund", "Hello."), ("Vera Olde", "Well.")]
    answer = "Tom Lund: When?\n\nVera Olde: 6:24\n\nTom Lund: So early?\n\nVera Olde: Yes.\n"
    assert spoken(parse(answer))[1] == ("Vera Olde", "6:24")


@pytest.mark.parametrize("blank", ["", " "])
def test_times_at_the_beginning_of_each_line_are_silent(blank: str) -> None:
    page = parse(f"0:00{blank}Good evening.\n0:04{blank}to all of you\n1:02:09{blank}At 6:24pm we sail.\n")
    words = [
        [form[0] for token in line.tokens for form in token.spoken[:1]] for _, line in page.spoken_lines()
    ]
    assert [line[0] for line in words] == ["good", "to", "at"]
    assert len(words[0]) == 2


def test_a_time_of_day_at_the_beginning_of_a_line_is_said() -> None:
    page = parse("6:24pm is when we sail.\n6:24 is early.\nThat is so.\nI am sure.\n")
    assert [line.tokens[0].spoken[0][0] for _, line in page.spoken_lines()][:2] == ["six", "six"]


QUESTIONS = "\n\nQuestion: Does it sail?\n\nOlde: It does.\n\nQuestion: When?\n\nOlde: At six.\n"


def test_the_heading_of_a_transcript_of_somebodys_event() -> None:
    page = parse(f"Transcript of Chair Olde’s Press Conference\nJune 10, 2027{QUESTIONS}")
    assert (page.title, page.date) == ("Transcript of Chair Olde’s Press Conference", date(2027, 6, 10))
    assert page.delivery == "as delivered"


def test_people_with_place_and_date_on_one_line_are_no_label() -> None:
    people = "Vera Olde, President of the Bank, Tom Lund, Vice-President of the Bank, Frankfurt am Main, 6 June 2027"
    below = "Transcript of the questions asked and the answers given by Vera Olde, President of the Bank"
    page = parse(f"Statement on the ferry\n\n{people}\n\nGood afternoon, and welcome.\n\n{below}{QUESTIONS}")
    assert page.date == date(2027, 6, 6)
    assert spoken(page)[:2] == [(None, "Good afternoon, and welcome."), ("Question", "Does it sail?")]


def test_the_caption_of_a_photograph_below_the_heading_is_a_note() -> None:
    caption = "Secretary General Vera Olde addresses the crowd on the old quay"
    title = "Speech by Secretary General Vera Olde at the Old Quay"
    page = parse(f"{title}\n\n9 June 2027\n\n{caption}\n\nThank you all.\n")
    assert kind_of(caption, page) is LineKind.NOTE
    assert [text for _, text in spoken(page)] == ["Thank you all."]


def test_nobody_is_called_as_the_event_is() -> None:
    page = parse(
        "Mitschrift der Pressekonferenz - Freitag, 12. Juni 2026\n\n"
        "Vorsitzender Lund eröffnet die Pressekonferenz und begrüßt die Sprecherinnen und Sprecher.\n\n"
        "StS Olde: Guten Tag.\n\nFrage: Wann?\n\nStS Olde: Um sechs.\n",
        "de",
    )
    assert (page.place, spoken(page)[0]) == (None, ("StS Olde", "Guten Tag."))
