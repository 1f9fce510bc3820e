"""The recipe for a format in CONTRIBUTING.md, followed word for word: its files are read."""

import importlib.util
import re
import sys
from pathlib import Path
from types import MappingProxyType

import pytest
from make_goldens import sample

from asdelivered.subtitles import formats, read, write
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, Format

CONTRIBUTING = Path(__file__).resolve().parents[3] / "CONTRIBUTING.md"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Format:
    """The module and the row of the recipe, put where it says."""
    recipe = CONTRIBUTING.read_text().split("**a caption format.**")[1].split("\n**")[0]
    module, row = re.findall(r"```python\n(.*?)```", recipe, re.DOTALL)
    source = tmp_path / "tiny.py"
    source.write_text(module)
    spec = importlib.util.spec_from_file_location("asdelivered.subtitles.formats.tiny", source)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, made)
    spec.loader.exec_module(made)
    rows = eval("{" + row + "}", {**vars(formats), "tiny": made})
    table = MappingProxyType({**FORMATS, **rows})
    for user in (formats, read, write):
        monkeypatch.setattr(user, "FORMATS", table)
    return rows["tiny"]


def test_the_file_is_read_by_its_content(tiny: Format, tmp_path: Path) -> None:
    made = sample("srt")
    path = tmp_path / "event.unknown"
    write.write_captions(made, path, "tiny")
    captions, name = read.read_captions(path)
    assert name == "tiny"
    assert [(cue.span, cue.lines) for cue in captions.cues] == [
        (cue.span, (" ".join(cue.shown),)) for cue in made.cues
    ]


def test_the_file_is_read_by_its_ending(tiny: Format, tmp_path: Path) -> None:
    path = tmp_path / f"event{tiny.extension}"
    path.write_text("no head\n1000 2000 Hello there.\n")
    captions, name = read.read_captions(path)
    assert name == "tiny"
    assert [cue.lines for cue in captions.cues] == [("Hello there.",)]


def test_what_is_wrong_is_named_by_its_line(tiny: Format, tmp_path: Path) -> None:
    path = tmp_path / "event.tiny"
    path.write_text("TINY\n1000 2000 Hello there.\nsoon\n")
    with pytest.raises(SubtitleError, match=r"event\.tiny: line 3: not a caption"):
        read.read_captions(path)
