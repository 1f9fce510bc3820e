"""Labels that share their line with speech, in the shapes of many institutions, and what only looks like one."""

import time

import pytest

from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.page import read_page


def spoken(text: str) -> list[tuple[str | None, str]]:
    page = parse_transcript(text, path="", sha256="", language="en")
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q: Why?\nA: Because.\nQ: And then?\n", ["Q", "A", "Q"]),
        ("Q.  Why?\nA.  Because.\n", ["Q", "A"]),
        ("Q\tWhy?\nMS. HILL:  Because.\nQ\tWhen?\n", ["Q", "MS. HILL", "Q"]),
        ("F: Warum?\nA: Darum.\n", ["F", "A"]),
        ("P.- ¿Por qué?\nR.- Porque sí.\n", ["P", "R"]),
        ("D. Perché?\nR. Perché no.\n", ["D", "R"]),
        ("PRESIDENTE.- Buenos días.\nMINISTRA.- Gracias.\n", ["PRESIDENTE", "MINISTRA"]),
        ("MR. SMITH. I rise to speak.\nThe SPEAKER. Without objection.\n", ["MR. SMITH", "The SPEAKER"]),
        ("Mrs. O'BRIEN. No.\nMr. VAN DYKE. Yes.\n", ["Mrs. O'BRIEN", "Mr. VAN DYKE"]),
        ("JOHN SMITH – Yes.\nANN HILL – No.\n", ["JOHN SMITH", "ANN HILL"]),
        ("M. Jean Dupont. – Merci.\nMme Anne Roux. – De rien.\n", ["M. Jean Dupont", "Mme Anne Roux"]),
        ("Le président : Bonjour.\nM. Dupont : Merci.\n", ["Le président", "M. Dupont"]),
        (
            "[00:00:05] Ann Hill: Hello.\n[00:00:09] Bob Ray: Hi.\n[00:01:00] Ann Hill: So.\n",
            ["Ann Hill", "Bob Ray", "Ann Hill"],
        ),
        ("Speaker 1 (00:05): Hello.\nSpeaker 2 (00:09): Hi.\n", ["Speaker 1", "Speaker 2"]),
        (
            "Ann Hill  00:05\nHello.\n\nBob Ray  00:09\nHi.\n\nAnn Hill  01:00\nSo.\n\nBob Ray  01:05\nYes.\n",
            ["Ann Hill", "Bob Ray"] * 2,
        ),
        (">> MAYOR: Thank you.\n>> COUNCILLOR HILL: Sure.\n", ["MAYOR", "COUNCILLOR HILL"]),
        (">> So it is.\n>> No, it is not.\n", [None, None]),
        (
            "Q12 Ann Hill: Why?\nBob Ray: Because.\nQ13 Ann Hill: When?\nBob Ray: Now.\n",
            ["Ann Hill", "Bob Ray"] * 2,
        ),
        ("[Moderator:] Welcome.\n[Question:] Why?\n", ["Moderator", "Question"]),
        ("Chair: Order.\nDr Ann Hill: Thank you.\n", ["Chair", "Dr Ann Hill"]),
        ("Marszałek: Dziękuję.\nPoseł Jan Dudek: Proszę.\n", ["Marszałek", "Poseł Jan Dudek"]),
        (
            "StS Hebel: Guten Tag.\nZusatzfrage: Und nun?\nStS Hebel: Nichts.\n",
            ["StS Hebel", "Zusatzfrage", "StS Hebel"],
        ),
        (
            "Macron: Oui.\nLe Pen: Non.\nMacron: Si.\nLe Pen: Non.\nMacron: Bon.\nLe Pen: Bon.\n",
            ["Macron", "Le Pen"] * 3,
        ),
    ],
)
def test_shapes_of_labels(text: str, speakers: list[str | None]) -> None:
    assert [speaker for speaker, _ in spoken(text)] == speakers
    assert not any(line.startswith(("Q", ">>", "[")) for _, line in spoken(text))


@pytest.mark.parametrize(
    "text",
    [
        "I want to be clear: we are ready.\nRemember: it is late.\nThere are two ways: this and that.\n",
        "A. Smith said so. And B. Jones agreed.\nWe went home.\n",
        "We met on Monday - all of us.\nIt was late - very late.\n",
        "This is the U.S. Army.\nThat is the U.N. Charter. We keep it.\n",
        "NATO. The Alliance.\nIt is 75 years old.\n",
        "Ladies and Gentlemen: welcome.\nDear Friends: thank you.\n",
        "At 10:30 we begin.\nAt 11:45 we end.\n",
        "Yes: I know.\n",
        "Plooij-van Gorsel and Jean-Luc came.\nSo did Anna-Lena - at last.\n",
    ],
)
def test_what_only_looks_like_a_label(text: str) -> None:
    assert spoken(text) == [(None, line) for line in text.splitlines()]


def bold(text: str, length: int) -> Row:
    return Row(text + "\n", marks=(Mark(0, length, Style.BOLD),))


def test_names_in_bold_print() -> None:
    rows = (
        bold("Ann Hill Thank you.", 8),
        Row("And welcome.\n"),
        bold("Bob Ray: Thank you, Ann.", 8),
        bold("No more.", 2),
    )
    page = read_page(Document(rows), "en")
    assert [
        (turn.speaker, line.text)
        for turn in page.turns
        for line in turn.lines
        if line.kind is LineKind.SPOKEN
    ] == [
        ("Ann Hill", "Thank you."),
        ("Ann Hill", "And welcome."),
        ("Bob Ray", "Thank you, Ann."),
        ("Bob Ray", "No more."),
    ]


def test_the_cost_of_turns_grows_with_their_number() -> None:
    def seconds(turns: int) -> float:
        text = "Anna: hello there.\nBen: yes.\n" * (turns // 2)
        start = time.process_time()
        assert len(spoken(text)) == turns
        return time.process_time() - start

    # Twice the turns: a little more than twice the work, and four times where it grows with the square. What else a
    # machine does may slow one of two runs, but hardly the same one each time.
    assert any(seconds(16_000) < 3 * seconds(8_000) for _ in range(5))


PARTS = "Moderator: Good morning to all.\n\nVera Olde: Thank you.\n\n{}\n\nQuestion: Is it safe?\n\nVera Olde: It is.\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "First: the ferry sails again.",
        "First: It sails again.",
        "Secondly: We have the crew.",
        "General: those are the words that I used.",
        "Special: Nothing of the kind.",
        "Defence: We will spend more.",
        "Erstens: Die Fähre fährt wieder.",
        "Zweitens: das Geld ist da.",
        "En primer lugar: El barco navega.",
        "Premièrement : Le port reste ouvert.",
        "Point two: The quay.",
        "Minister: that is what they call me.",
        "Result: A better quay.\n\nIt went on.\n\nResult: A better road.\n\nSo I hope.\n\nResult: A good result.",
    ],
)
def test_a_sentence_with_a_colon_is_spoken_and_the_turn_goes_on(sentence: str) -> None:
    found = spoken(PARTS.format(sentence))
    said = [("Vera Olde", each) for each in sentence.split("\n\n")]
    assert found[2 : 2 + len(said)] == said


@pytest.mark.parametrize(
    "label", ["First Minister", "Major Reed", "Special Envoy Reed", "Deputy First Minister"]
)
def test_parts_of_roles_make_a_role_together(label: str) -> None:
    assert spoken(PARTS.format(f"{label}: I agree.\n\nQuestion: Do you?\n\n{label}: Yes."))[2] == (
        label,
        "I agree.",
    )


def test_a_speech_by_one_person_has_no_speakers() -> None:
    text = "Dear friends,\n\nThe plan works.\n\n" + "Outcome: More ships came.\n\nThey came again.\n\n" * 3
    assert {speaker for speaker, _ in spoken(text)} == {None}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "MR SPEAKER: Order.\n\nHON. A. OLDE: I rise.\n\nMR SPEAKER: Sit down.\n",
            ["MR SPEAKER", "HON. A. OLDE", "MR SPEAKER"],
        ),
        (
            "MADAM PRESIDENT.- Order, Members.\n\nHON. J. OLDE.- Madam President, I say this twice: no.\n\n"
            "MADAM PRESIDENT.- Order.\n",
            ["MADAM PRESIDENT", "HON. J. OLDE", "MADAM PRESIDENT"],
        ),
        (
            "Ms Vera: I ask.\n\nMr Olde: I say.\n\nMs Vera: Again.\n\nMr Olde: No.\n\nMr Speaker: Order.\n",
            ["Ms Vera", "Mr Olde", "Ms Vera", "Mr Olde", "Mr Speaker"],
        ),
    ],
)
def test_an_office_after_a_courtesy_and_before_a_colon(text: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _ in spoken(text)] == speakers


def test_an_address_with_a_colon_is_spoken() -> None:
    text = "Mr President: I thank you.\n\nIt has been a long year.\n\nWe have done it.\n"
    assert [speaker for speaker, _ in spoken(text)] == [None] * 3


HOUSE = "Ms Vera: I ask.\n\nMr Olde: I say.\n\n{}: So I hope.\n\nMs Vera: Again.\n\nMr Olde: No.\n"


@pytest.mark.parametrize(
    "label",
    [
        "Lund (Green)",
        "Ann Lund (Westhaven) (Lab/Co-op)",
        "Lund (Westhaven) (SPD)",
        "Ann Lund (Westhaven, Derby) (Lab)",
    ],
)
def test_a_label_with_a_party_may_come_once(label: str) -> None:
    assert spoken(HOUSE.format(label))[2] == (label, "So I hope.")


@pytest.mark.parametrize("text", ["The plan (as we call it)", "Point one (Costs)", "What he said (Tuesday)"])
def test_brackets_alone_make_no_label(text: str) -> None:
    assert spoken(HOUSE.format(text))[2] == ("Mr Olde", f"{text}: So I hope.")


def test_brackets_after_a_name_in_bold_print_belong_to_the_label() -> None:
    def row(bold: str, rest: str) -> Row:
        return Row(f"{bold}{rest}\n", marks=(Mark(0, len(bold), Style.BOLD),))

    rows = (
        row("The Acting Chair", " (Ms Vera): Order."),
        Row("\n"),
        row("Mr Olde:", " I rise (and not for long)."),
        Row("\n"),
        row("Mr Lund", " (Westhaven, Green): So do I."),
    )
    turns = read_page(Document(rows), "en").turns
    found = [
        (turn.speaker, line.text) for turn in turns for line in turn.lines if line.kind is LineKind.SPOKEN
    ]
    assert found == [
        ("The Acting Chair (Ms Vera)", "Order."),
        ("Mr Olde", "I rise (and not for long)."),
        ("Mr Lund (Westhaven, Green)", "So do I."),
    ]


@pytest.mark.parametrize(
    ("chair", "member", "colon"),
    [
        ("主席", "李議員", "："),
        ("의장", "김 의원", ": "),
        ("ראש העיר", "שאלה", ": "),
        ("المتحدث", "سؤال", ": "),
        ("अध्यक्ष", "प्रश्न", ": "),
        ("Fråga", "Talmannen", ": "),
        ("Вопрос", "Ответ", ": "),
    ],
)
def test_labels_of_other_languages_and_scripts(chair: str, member: str, colon: str) -> None:
    said = "我們開始。" if colon == "：" else "Abc def."
    rows = "\n\n".join(f"{who}{colon}{said}" for who in (chair, member, chair, member))
    page = parse_transcript(rows, path="", sha256="", language="en")
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        (chair, said),
        (member, said),
    ] * 2


def test_what_comes_once_before_a_colon_without_capitals_is_spoken() -> None:
    said = ["主席：我們開始。", "我說一句：很好。", "主席：謝謝。", "主席：好。", *["我們走吧。"] * 3]
    text = "\n\n".join(said)
    assert ("主席", "我說一句：很好。") in spoken(text)


@pytest.mark.parametrize(
    ("chair", "member"),
    [
        ("კრების თავმჯდომარე: ", "კითხვა: "),
        ("ГОЛОВА: ", "ШЕВЧУК О.М.: "),
        ("BAŞKAN - ", "AYŞE DEMİR (İzmir) - "),
        ("Ministryně práce Eva Dvořáková: ", "Dotaz: "),
        ("Pääministeri: ", "Toimittaja Aalto: "),
        ("Ministrul: ", "Jurnalista: "),
    ],
)
def test_a_dialogue_of_few_turns(chair: str, member: str) -> None:
    text = f"{chair}Aaa bbb ccc.\n\n{member}Ddd eee?\n\n{chair}Fff.\n"
    speakers = [speaker for speaker, _ in spoken(text)]
    assert speakers == [chair.rstrip(": -"), member.rstrip(": -"), chair.rstrip(": -")]


def test_a_single_speech_that_addresses_the_chair() -> None:
    text = "SERVICES OF THE PORT\n\nMr. REED of Westhaven. Madam Speaker, I rise today. The port is old.\n\nThanks.\n"
    assert spoken(text)[0] == ("Mr. REED of Westhaven", "Madam Speaker, I rise today. The port is old.")
    unproven = "SERVICES OF THE PORT\n\nThe talk was by Mr. REED. It was long.\n\nWe thank you.\n"
    assert all(speaker is None for speaker, _ in spoken(unproven))


def test_a_sentence_to_the_chair_is_no_label() -> None:
    text = "Mr. REED. I rise.\nMr. Speaker, that is not fair. That is a risk.\nMs. LUND. I agree.\nMr. REED. So.\n"
    assert ("Mr. REED", "Mr. Speaker, that is not fair. That is a risk.") in spoken(text)


def test_salutations_of_all_who_listen_are_no_labels() -> None:
    text = (
        "Honourable Members of the Senate:\n\nMembers of the House of Commons:\n\nI greet you.\n\n"
        "Members of the House of Commons:\n\nYou will be asked for funds.\n\n"
        "Honourable Members of the Senate:\n\nMembers of the House of Commons:\n\nThank you.\n"
    )
    assert {speaker for speaker, _ in spoken(text)} == {None}


def test_what_an_interviewer_says_first_is_speech() -> None:
    talk = (
        "Hale: I was born by the quay.\n\nInterviewer: When?\n\nHale: In winter.\n\n"
        "Interviewer: And then?\n\nHale: Spring.\n"
    )
    first = "It’s July 23, 2027, and this is our first talk. Where were you born?"
    assert spoken(f"Interviewer: {first}\n\n{talk}")[0] == ("Interviewer", first)
    assert spoken(f"Interviewer: Ann Reed\n\n{talk}")[0] == ("Hale", "I was born by the quay.")


def test_any_name_in_bold_print_after_a_time() -> None:
    rows = tuple(
        Row(f"[00:1{number}] {name}: We mended it.\n", marks=(Mark(8, 8 + len(name), Style.BOLD),))
        for number, name in enumerate(["qx()", "tide", "qx()", "tide"])
    )
    page = read_page(Document(rows), "en")
    assert [turn.speaker for turn in page.turns] == ["qx()", "tide", "qx()", "tide"]


def test_names_with_nothing_but_a_number_are_no_labels() -> None:
    text = (
        "Ann Reed: We begin.\nColumn: 987\nIt is the wall.\nTom Hale: Yes.\nColumn: 988\nSo.\nCASE NO: 12\n"
        "Ann Reed: Good.\nTom Hale: Good.\n"
    )
    assert {speaker for speaker, _ in spoken(text)} == {"Ann Reed", "Tom Hale"}
    asked = "Ann Reed: How many?\nTom Hale: 42\nAnn Reed: And then?\nTom Hale: None.\n"
    assert ("Tom Hale", "42") in spoken(asked)


def test_initials_end_no_label() -> None:
    text = "Mr. REED. I rise.\nMr E. W. Lund is here. We thank him.\nMs. OLDE. I agree.\nMr. REED. So.\n"
    assert {speaker for speaker, _ in spoken(text)} == {"Mr. REED", "Ms. OLDE"}
