"""A part that is not installed: said in one line, with the command that brings it."""

from pathlib import Path

import pytest

from asdelivered.base.extras import Extra, MissingExtraError, install_command, needs


def test_the_command_is_that_of_whatever_installed_the_program(tmp_path: Path) -> None:
    assert install_command("clips", tmp_path) == 'pip install "asdelivered[clips]"'
    (tmp_path / "pipx_metadata.json").touch()
    assert install_command("clips", tmp_path) == 'pipx install --force "asdelivered[clips]"'
    (tmp_path / "uv-receipt.toml").touch()
    assert install_command("clips", tmp_path) == 'uv tool install "asdelivered[clips]"'


def test_what_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(MissingExtraError) as caught, needs(Extra.CLIPS, "--to cuts.otio"):
        raise ModuleNotFoundError("No module named 'opentimelineio'")
    assert str(caught.value).startswith("--to cuts.otio needs a part that is not installed: ")
    assert "asdelivered[clips]" in str(caught.value)
    assert "\n" not in str(caught.value)
