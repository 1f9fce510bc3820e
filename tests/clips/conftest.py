"""The example with times from the truth, in a folder of its own beside its recording."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from truth_alignment import truth_alignment

from asdelivered.align import Alignment, load, save


@pytest.fixture
def harbour(page: Path, sound: Path, tmp_path: Path) -> Path:
    """The file of the example's alignment."""
    shutil.copy(page, tmp_path)
    shutil.copy(sound, tmp_path)
    path = tmp_path / "harbour.alignment.json"
    made = truth_alignment(
        page.with_suffix(".truth.json"), tmp_path / "harbour.opus", tmp_path / "harbour.txt"
    )
    save(made, path)
    return path


@pytest.fixture
def alignment(harbour: Path) -> Alignment:
    """The same as a value; it states its recording by a relative path."""
    loaded = load(harbour)
    return replace(loaded, recording=replace(loaded.recording, path="harbour.opus"))
