"""benchmarks/same_results.py notices every result that changed, and nothing else."""

from pathlib import Path

import pytest
import same_results
from typer.testing import CliRunner

from asdelivered.media.cutlists import FORMATS as CUT_LISTS
from asdelivered.subtitles.formats import FORMATS


def results(folder: Path, **changed: str | None) -> Path:
    """Write some results to `folder`, as `make` would; None leaves one out."""
    contents = {
        "alignment": "times\n",
        "check": f'{{"file": "{folder}/event/event.srt", "errors": 0}}\n',
        "page": "<p>text</p>\n",
    }
    for name, text in {**contents, **changed}.items():
        (folder / "event").mkdir(parents=True, exist_ok=True)
        if text is not None:
            (folder / "event" / name).write_text(text)
    return folder


def compare(before: Path, after: Path) -> tuple[int, list[str]]:
    run = CliRunner().invoke(same_results.app, ["compare", str(before), str(after)])
    return run.exit_code, run.output.splitlines()


def test_the_same_results_are_the_same_in_another_folder(tmp_path: Path) -> None:
    before, after = results(tmp_path / "before"), results(tmp_path / "after")
    assert compare(before, after) == (0, ["3 files, 0 differ"])


@pytest.mark.parametrize("name", ["alignment", "check", "page"])
def test_a_changed_result_is_named(tmp_path: Path, name: str) -> None:
    before, after = results(tmp_path / "before"), results(tmp_path / "after", **{name: "other\n"})
    assert compare(before, after) == (1, [f"event/{name} differs", "3 files, 1 differ"])


def test_a_missing_result_is_named(tmp_path: Path) -> None:
    before, after = results(tmp_path / "before"), results(tmp_path / "after", page=None)
    assert compare(before, after) == (1, [f"event/page is missing in {after}", "3 files, 1 differ"])
    assert compare(after, before) == (1, [f"event/page is missing in {after}", "3 files, 1 differ"])


def test_nothing_to_compare_is_no_success(tmp_path: Path) -> None:
    code, lines = compare(tmp_path / "before", tmp_path / "after")
    assert code == 2
    assert "run `make` first" in lines[0]


def test_every_format_and_list_of_the_program_is_compared() -> None:
    assert set(same_results.FORMATS) == set(FORMATS)
    assert set(same_results.LISTS) == {known.ending for known in CUT_LISTS}
