"""Questions in bold print or italics make turns, without a label; other bold print does not."""

from asdelivered.transcripts.document import Document, Mark, Row, Style
from asdelivered.transcripts.structure.page import read_page
from asdelivered.transcripts.structure.speakers.questions import find_questions


def row(text: str, style: Style | None = None) -> Row:
    return Row(text + "\n", marks=(Mark(0, len(text), style),) if style else ())


def rows(style: Style) -> tuple[Row, ...]:
    return (
        row("We are ready to take your questions."),
        row("Was it unanimous? My second question is on wages.", style),
        row("It was."),
        row("On wages, we wait."),
        row("Will you resign?", style),
        row("No."),
    )


def test_bold_and_italic_questions_alternate_with_answers() -> None:
    for style in (Style.BOLD, Style.ITALIC):
        assert find_questions(rows(style), 0, ()) == {1, 4}
        page = read_page(Document(rows(style)), "en")
        spoken = [(turn.speaker, [line.text for line in turn.lines]) for turn in page.turns]
        assert spoken == [
            (None, ["We are ready to take your questions."]),
            ("Question", ["Was it unanimous? My second question is on wages."]),
            ("Answer", ["It was.", "On wages, we wait."]),
            ("Question", ["Will you resign?"]),
            ("Answer", ["No."]),
        ]


def test_the_question_has_the_language_of_the_page() -> None:
    assert [turn.speaker for turn in read_page(Document(rows(Style.BOLD)), "de").turns][1] == "Frage"


def test_other_bold_print_is_no_question() -> None:
    emphasis = (
        row("We said it before."),
        row("We will not yield.", Style.BOLD),
        row("Why not?", Style.BOLD),
        row("We stand together.", Style.BOLD),
        row("Thank you."),
    )
    assert find_questions(emphasis, 0, ()) == frozenset()
    everything = tuple(row(f"Is it number {number}?", Style.BOLD) for number in range(9))
    assert find_questions(everything, 0, ()) == frozenset()
    assert find_questions(rows(Style.BOLD), 0, {1, 4}) == frozenset()
