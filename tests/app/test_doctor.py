"""What `doctor` finds: all that the program declares, in the versions that it declares, and each engine."""

import importlib.metadata
import json

import pytest
from packaging.requirements import Requirement
from typer.testing import CliRunner

from asdelivered.align.engines import known_engines
from asdelivered.app.jobs.dependencies import Dependency, dependencies
from asdelivered.app.jobs.doctor import diagnose
from asdelivered.app.main import app


def test_all_that_is_declared_is_looked_for() -> None:
    found = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)
    needed = [one for one in dependencies() if one.needed_here]
    assert [one["part"] for one in found["packages"]] == [
        "asdelivered",
        *(one.name for one in needed if not one.extra),
    ]
    assert {one["part"] for one in found["extras"]} == {one.extra for one in needed if one.extra}
    assert {one["part"] for one in found["engines"]} == known_engines().keys()
    assert {one.extra for one in needed} == {
        "",
        "clips",
        "faces",
        "whisper",
        "ctc",
        "aeneas",
        "shots",
        "dask",
        "http",
    }
    assert "pocketsphinx" in {one.name for one in needed}


@pytest.mark.parametrize(
    ("requirement", "problem"),
    [
        ("numpy>=2", None),
        ("no-such-package>=1", "missing"),
        ("numpy<2", ", and it must be <2"),
        ("fsspec[http]", None),
        ("hypothesis[django]", ", without django (missing)"),
    ],
)
def test_what_is_missing_too_old_or_incomplete(requirement: str, problem: str | None) -> None:
    found = Dependency(Requirement(requirement)).problem()
    assert (found or "").endswith(problem or "")
    assert (found is None) == (problem is None)


def test_a_package_of_a_wrong_version_is_named_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    version = importlib.metadata.version
    monkeypatch.setattr(
        "asdelivered.app.jobs.dependencies.version", lambda name: "20.0" if name == "av" else version(name)
    )
    (found,) = [one for one in diagnose().packages if one.part == "av"]
    assert (found.works, found.found) == (False, "20.0, and it must be <19,>=17")
    assert found.advice == 'pip install "av<19,>=17"'
    assert not diagnose().works


def test_an_engine_of_another_package_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = importlib.metadata.EntryPoint("broken", "no_such_module:Engine", "asdelivered.engines")
    monkeypatch.setattr("asdelivered.align.engines.entry_points", lambda group: [entry])
    (found,) = [one for one in diagnose().engines if one.part == "broken"]
    assert (found.works, "no_such_module" in found.found) == (False, True)
