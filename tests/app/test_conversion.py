"""Values from the command line: as Typer would convert them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.app.conversion import convert_early


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def take(
    text: str,
    path: Path,
    number: Annotated[int, typer.Option(min=1, max=9)] = 5,
    share: float = 0.5,
    colour: Colour = Colour.RED,
    many: list[Path] | None = None,
    maybe: str | None = None,
    flag: bool = False,
) -> None: ...


def values(early: bool, *arguments: str) -> dict[str, Any] | str:
    """The values that a command gets, or what is wrong with them."""
    taker = typer.Typer(add_completion=False)
    taker.command()(take)
    command: Any = typer.main.get_command(taker)
    if early:
        convert_early(command)
    try:
        return dict(command.make_context("take", list(arguments)).params)
    except typer.BadParameter.__base__ as error:  # type: ignore[misc]
        return str(error)


OPTIONS = st.lists(
    st.sampled_from(
        [
            "--number=3",
            "--number=0",
            "--number=x",
            "--share=1",
            "--share=much",
            "--colour=blue",
            "--colour=green",
            "--many=a",
            "--many=.",
            "--maybe=",
            "--flag",
        ]
    ),
    max_size=4,
)


@given(st.text("abc ./-", max_size=5).filter(lambda text: not text.startswith("-")), OPTIONS)
def test_the_command_gets_what_typer_gives_it(text: str, options: list[str]) -> None:
    arguments = [*options, "--", text, text]
    assert values(True, *arguments) == values(False, *arguments)


def test_a_path_that_may_not_be_read_is_refused_by_typer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.touch()
    monkeypatch.setattr("os.access", lambda *_: False)  # the superuser may read whatever it likes
    assert "not readable" in str(values(True, "text", str(secret)))
