"""What reaches a terminal is printable, whatever a page says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.app.console.text import plain, print_json, print_result


@given(st.text(st.characters(exclude_categories=())))
def test_only_printable_characters_are_left(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert shown.isprintable()
    assert all(new == old for new, old in zip(shown, text, strict=True) if old.isprintable())


def test_a_line_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_result("[red]one\ntwo\x1b[31m")
    assert capsys.readouterr().out == "[red]one\N{REPLACEMENT CHARACTER}two\N{REPLACEMENT CHARACTER}[31m\n"


def test_json_for_programs_that_read_ascii_alone(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(["ä"], ascii_only=True)
    print_json(["ä"])
    assert capsys.readouterr().out == '[\n  "\\u00e4"\n]\n[\n  "ä"\n]\n'
