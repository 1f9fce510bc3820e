"""An error of the system that no command foresaw: the file, the reason, and what to do."""

import errno
import os

import pytest
from typer.testing import CliRunner

from asdelivered.app.jobs import demo
from asdelivered.app.main import app


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ENOSPC, "free some space and try again"),
        (errno.EACCES, "check the permissions, or choose another folder"),
        (errno.EROFS, "check the permissions, or choose another folder"),
        (errno.ENOENT, "check the path"),
    ],
)
def test_an_error_of_the_system_says_what_to_do(
    code: int, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code), "cuts.edl")

    monkeypatch.setattr(demo, "align_example", fail)
    run = CliRunner().invoke(app, ["demo"])
    assert run.exit_code == 1
    assert run.stderr == f"asdelivered: cuts.edl: {os.strerror(code)}: {advice}\n"
