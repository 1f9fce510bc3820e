"""A part that is not installed: said in one line, with the command that brings it."""

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest

from asdelivered.base.extras import Extra, MissingExtraError, install_command, needs

WHEEL = "file:///downloads/asdelivered-1.0-py3-none-any.whl"


def test_the_command_is_that_of_whatever_installed_the_program(tmp_path: Path) -> None:
    assert install_command("clips", tmp_path, WHEEL) == 'pip install "asdelivered[clips]"'
    (tmp_path / "pipx_metadata.json").touch()
    assert install_command("clips", tmp_path, WHEEL) == f'pipx install --force "asdelivered[clips] @ {WHEEL}"'
    (tmp_path / "uv-receipt.toml").touch()
    assert install_command("clips", tmp_path, WHEEL) == f'uv tool install "asdelivered[clips] @ {WHEEL}"'


def test_an_installation_knows_where_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "uv-receipt.toml").touch()
    recorded = distribution("asdelivered").read_text("direct_url.json")
    source = f" @ {json.loads(recorded)['url']}" if recorded else ""
    assert install_command("faces", tmp_path) == f'uv tool install "asdelivered[faces]{source}"'


def test_what_is_missing_is_said_in_one_line() -> None:
    with pytest.raises(MissingExtraError) as caught, needs(Extra.CLIPS, "--to cuts.otio"):
        raise ModuleNotFoundError("No module named 'opentimelineio'")
    assert str(caught.value).startswith("--to cuts.otio needs a part that is not installed: ")
    assert "asdelivered[clips]" in str(caught.value)
    assert "\n" not in str(caught.value)
