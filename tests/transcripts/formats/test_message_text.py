"""What was copied from a message keeps its text, and its head, greeting and signature are not spoken."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.formats.messages.message_text import (
    pasted_message,
    subject_of,
    unquoted,
    without_signature,
)
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript

HEAD = (
    "From: Press Office <press@example.org>\nSent: Monday\nTo: Newsdesk\nSubject: Remarks at the harbour\n\n"
)
TEXT = "Remarks by Anna Reed, 3 October 2026\n\nANNA REED: Good morning.\n\nTOM HILL: Is it open?\n\nANNA REED: Yes.\n"
END = "\nBest regards,\nTom\nPress Office\n"


def test_a_message_that_was_pasted(tmp_path: Path) -> None:
    (tmp_path / "remarks.txt").write_text(HEAD + TEXT + END, encoding="utf-8")
    page = read_transcript(tmp_path / "remarks.txt")
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        ("ANNA REED", "Good morning."),
        ("TOM HILL", "Is it open?"),
        ("ANNA REED", "Yes."),
    ]
    assert page.title == "Remarks at the harbour"


def test_other_languages() -> None:
    rows, subject = pasted_message(
        text_rows(
            "Von: Pressestelle\nGesendet: Montag\nAn: Redaktion\nBetreff: Rede\n\nGuten Tag.\n\n"
            "Mit freundlichen Grüßen\nTom\n"
        )
    )
    assert subject == "Rede"
    assert [row.content for row in rows if row.kind is None and row.content] == ["Guten Tag."]


def test_what_is_no_head() -> None:
    for text in (
        "From: the harbour\nTo: the town\n\nGood morning.\n",
        "Subject: nothing\nTo: all\nDate: today\n\nBest regards,\nTom\n",
        "Good morning.\nFrom: me\nTo: you\nSubject: this\n",
    ):
        assert pasted_message(text_rows(text)) == (text_rows(text), None)


def test_a_greeting_in_speech_and_a_signature_without_text() -> None:
    rows, _ = pasted_message(text_rows(HEAD + "Best regards,\n" + "He wrote it.\n" * 20))
    assert all(row.kind is not LineKind.FURNITURE for row in rows)
    assert [row.kind for row in without_signature(text_rows("Yes.\n-- \nTom\n"))] == [
        None,
        LineKind.FURNITURE,
        LineKind.FURNITURE,
    ]
    assert all(row.kind is None for row in without_signature(text_rows("--\nTom\n")))


@given(
    st.lists(st.sampled_from([*HEAD.splitlines(), *TEXT.splitlines(), *END.splitlines(), "--"]), max_size=20)
)
def test_no_row_is_lost(lines: list[str]) -> None:
    rows = text_rows("".join(f"{line}\n" for line in lines))
    assert [row.text for row in pasted_message(rows)[0]] == [row.text for row in rows]


def read_rows(text: str) -> list[tuple[str, LineKind | None]]:
    rows, _ = pasted_message(unquoted(text_rows(text)))
    return [(row.content, row.kind) for row in rows if row.content]


def test_the_message_that_is_answered_is_read_without_the_signs_before_its_lines() -> None:
    page = "Here it is.\n\nOn 3 May 2027, Ann <a@example.org> wrote:\n> Good morning.\n>\n> > Is it open?\n> Yes.\n"
    assert read_rows(page) == [
        ("Here it is.", None),
        ("On 3 May 2027, Ann <a@example.org> wrote:", LineKind.METADATA),
        ("Good morning.", None),
        ("Is it open?", None),
        ("Yes.", None),
    ]


def test_signs_of_another_speaker_and_few_signs_stay() -> None:
    for page in (">> Good morning.\n>> Is it open?\n>> Yes.\n", "> Good morning.\nSaid.\n"):
        rows = text_rows(page)
        assert unquoted(rows) == rows


def test_a_message_that_was_forwarded() -> None:
    page = f"See below.\n\n---------- Forwarded message ---------\n{HEAD}{TEXT}"
    assert read_rows(page)[0] == ("See below.", LineKind.FURNITURE)
    spoken = [shown for shown, kind in read_rows(page) if kind is None]
    assert spoken == [line for line in TEXT.splitlines() if line]
    assert pasted_message(text_rows(page))[1] == "Remarks at the harbour"


def test_subjects() -> None:
    assert subject_of("Re: Fwd: The harbour") == "The harbour"
    assert subject_of("WG: Die Rede") == "Die Rede"
    assert subject_of("Report: the harbour") == "Report: the harbour"
    assert subject_of(" ") is None
