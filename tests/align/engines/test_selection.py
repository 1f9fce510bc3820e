"""Which engine is taken, of what is here and for which language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_whisper import write_tiny_whisper

from asdelivered.align.document.alignment import EngineInfo
from asdelivered.align.engines import whisper
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.group import EngineGroup, info_of, merged_info
from asdelivered.align.engines.selection import (
    Choice,
    EngineRequest,
    Installed,
    Model,
    build_engine,
    choose,
    find_installed,
    find_models,
    rebuild_engine,
)
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.engines.whisper_installation import install_whisper
from asdelivered.align.engines.whisper_weights import KNOWN
from asdelivered.align.errors import AlignError
from asdelivered.base.extras import MissingExtraError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SMALL = Model("Systran/faster-whisper-small", 484_000_000)
LARGE = Model("Systran/faster-whisper-large-v3", 3_087_000_000)
ENGLISH = Model("Systran/faster-whisper-base.en", 145_000_000)


def test_with_nothing_else_it_is_the_embedded_engine_and_nothing_is_tried_after_it() -> None:
    for language in ("en", "de", "en-gb"):
        choice = choose(language, None, Installed())
        assert (choice.engine, choice.model, choice.fallbacks) == ("sphinx", None, ())
    assert "English, as the text is" in choose("en", None, Installed()).why
    assert "no Whisper model" in choose("de", None, Installed()).why


def test_where_nothing_can_recognise_it_is_said_what_to_do() -> None:
    for language in ("en", "de"):
        with pytest.raises(AlignError, match=r"doctor --install whisper-base.*asdelivered\[sphinx\]"):
            choose(language, None, Installed(aeneas=True, sphinx=False))


@pytest.mark.parametrize(
    ("language", "named", "installed", "engine", "model", "fallbacks"),
    [
        ("en", None, Installed((SMALL,), aeneas=True), "sphinx", None, ["whisper", "aeneas"]),
        ("en", None, Installed(aeneas=True), "sphinx", None, ["aeneas"]),
        ("de", None, Installed(aeneas=True), "sphinx", None, ["aeneas"]),
        ("de", None, Installed((SMALL,)), "whisper", SMALL.name, ["sphinx"]),
        # A processor would take hours with the large one; a GPU takes minutes.
        ("de", None, Installed((SMALL, LARGE)), "whisper", SMALL.name, ["sphinx"]),
        ("de", None, Installed((LARGE,)), "sphinx", None, []),
        ("de", None, Installed((SMALL, LARGE), gpu=True), "whisper", LARGE.name, ["sphinx"]),
        ("de", None, Installed((ENGLISH,), gpu=True), "sphinx", None, []),
        ("en", None, Installed((ENGLISH,)), "sphinx", None, ["whisper"]),
        ("en", "./mine", Installed(aeneas=True), "whisper", "./mine", ["sphinx", "aeneas"]),
        # Where PocketSphinx would have to be compiled.
        ("en", None, Installed((SMALL,), aeneas=True, sphinx=False), "whisper", SMALL.name, ["aeneas"]),
        ("de", None, Installed((SMALL,), sphinx=False), "whisper", SMALL.name, []),
        ("en", "./mine", Installed(sphinx=False), "whisper", "./mine", []),
    ],
)
def test_the_choice(
    language: str,
    named: str | None,
    installed: Installed,
    engine: str,
    model: str | None,
    fallbacks: list[str],
) -> None:
    choice = choose(language, named, installed)
    assert (choice.engine, choice.model) == (engine, model)
    assert [name for name, _ in choice.fallbacks] == fallbacks
    assert choice.why
    assert isinstance(choice, Choice)


def test_a_named_engine_is_that_engine_alone() -> None:
    engine, told = build_engine(EngineRequest(("sphinx",)), "de")
    assert isinstance(engine, Sphinx)
    assert told == ""


def test_whisper_by_name_looks_for_lines_in_doubt_with_the_model_that_hears(tmp_path: Path) -> None:
    options = EngineOptions(model=str(write_tiny_whisper(tmp_path)))
    group, _ = build_engine(EngineRequest(("whisper",), options), "en")
    assert isinstance(group, EngineGroup)
    assert group.scorer is not None
    assert (group.scorer.name, group.scorer.model) == ("whisper", options.model)
    assert group.scorer.make("en").__class__.__name__ == "WhisperScorer"
    alone, _ = build_engine(EngineRequest(("whisper",), options, fallback=False), "en")
    assert isinstance(alone, EngineGroup)
    assert alone.scorer is None


def test_several_say_what_each_of_them_does() -> None:
    both = EngineGroup((Sphinx(EngineOptions()), Sphinx(EngineOptions())))
    assert both.name == "sphinx,sphinx"
    assert both.version().count(",") == 1
    assert both.settings()["sphinx.lw"] == 4.0


def test_what_aligned_once_is_made_again_with_its_model(tmp_path: Path) -> None:
    model = str(write_tiny_whisper(tmp_path / "mine"))
    first, _ = build_engine(EngineRequest(("whisper",), EngineOptions(model=model)), "en")
    again = rebuild_engine(info_of(first))
    assert (again.name, again.settings()["model"]) == ("whisper", model)
    one_after_another = rebuild_engine(merged_info(info_of(first), info_of(Sphinx(EngineOptions()))))
    assert isinstance(one_after_another, EngineGroup)
    assert one_after_another.name == "whisper,sphinx"
    assert one_after_another.settings()["whisper.model"] == model


def test_an_engine_that_is_gone_gives_way_to_the_embedded_one() -> None:
    assert rebuild_engine(EngineInfo("gone", "1", {})).name == "sphinx"
    assert rebuild_engine(EngineInfo("gone,sphinx", "1,2", {"gone.model": "x"})).name == "sphinx"


def test_only_whole_models_of_whisper_are_found(tmp_path: Path) -> None:
    def cached(name: str) -> Path:
        folder = tmp_path / f"models--{name}" / "snapshots" / "abc"
        folder.mkdir(parents=True)
        return write_tiny_whisper(folder)

    cached("me--faster-whisper-tiny")
    (cached("me--faster-whisper-half") / "model.bin").unlink()
    (cached("me--translator") / "config.json").write_text("{}")
    (model,) = find_models(tmp_path)
    assert model.name == "me/faster-whisper-tiny"
    assert model.size > 100_000
    assert list(find_models(tmp_path / "nowhere")) == []


def test_the_command_says_what_it_chose_and_why(tmp_path: Path) -> None:
    (tmp_path / "hub/models--me--faster-whisper-tiny.en/snapshots/abc").mkdir(parents=True)
    write_tiny_whisper(tmp_path / "hub/models--me--faster-whisper-tiny.en/snapshots/abc")
    program = Path(sys.executable).with_name("asdelivered")
    run = subprocess.run(
        [
            program,
            "align",
            EXAMPLES / "harbour.txt",
            EXAMPLES / "harbour.opus",
            "-o",
            tmp_path,
            "--jobs",
            "2",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)},
    )
    assert run.returncode == 0, run.stderr
    told = " ".join(run.stderr.split())
    assert (
        "engine: sphinx, because its model is of English, as the text is; for what it leaves: whisper" in told
    )
    text = (tmp_path / "harbour.alignment.json").read_text(encoding="utf-8")
    assert '"auto": "its model is of English, as the text is"' in text
    assert '"name": "sphinx"' in text


def test_without_the_extra_nothing_is_fetched_and_the_line_that_brings_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'"asdelivered\[whisper\]"'):
        install_whisper(KNOWN[0], print)
    with pytest.raises(MissingExtraError, match=r'"asdelivered\[whisper\]"'):
        whisper.load_model(EngineOptions(model=str(tmp_path)))
    assert find_installed("cpu").models == ()
