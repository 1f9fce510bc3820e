"""Settings from files and the environment: which wins, and what is said of a wrong one."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(program: Path, tmp_path: Path) -> Run:
    """Run the command in a folder of its own, for a user who has no settings but those of a test."""
    (tmp_path / "here").mkdir()
    (tmp_path / "user" / "asdelivered").mkdir(parents=True)

    def run(*arguments: str, here: str = "", user: str = "", **variables: str):
        (tmp_path / "here" / "asdelivered.toml").write_text(here)
        (tmp_path / "user" / "asdelivered" / "asdelivered.toml").write_text(user)
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "user"),
            **variables,
        }
        return subprocess.run(
            [program, *arguments],
            cwd=tmp_path / "here",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def in_force(run: Run, **given: str) -> dict[str, tuple[object, str]]:
    shown = run("config", "--json", **given)
    assert shown.returncode == 0, shown.stderr
    return {one["name"]: (one["value"], one["from"]) for one in json.loads(shown.stdout)["settings"]}


def test_the_folder_wins_over_the_user_and_the_environment_over_both(run: Run, tmp_path: Path) -> None:
    user = '[align]\njobs = 1\nlanguage = "de"\nallow = 3\n'
    found = in_force(
        run,
        user=user,
        here="[align]\njobs = 2\nlanguage = 'fr'\n[clip]\nburn_in = true\n",
        ASDELIVERED_ALIGN_JOBS="3",
    )
    assert found == {
        "align.allow": (3, str(tmp_path / "user" / "asdelivered" / "asdelivered.toml")),
        "align.jobs": ("3", "ASDELIVERED_ALIGN_JOBS"),
        "align.language": ("fr", "asdelivered.toml"),
        "clip.burn-in": (True, "asdelivered.toml"),
    }


def test_a_setting_holds_unless_the_command_line_says_otherwise(run: Run, page: Path) -> None:
    settings = "[transcript]\njson = true\nlanguage = 'de'\n"
    assert json.loads(run("transcript", str(page), here=settings).stdout)["language"] == "de"
    told = run("transcript", str(page), "--language", "en", here=settings)
    assert json.loads(told.stdout)["language"] == "en"
    told = run("transcript", str(page), here=settings, ASDELIVERED_TRANSCRIPT_LANGUAGE="fr")
    assert json.loads(told.stdout)["language"] == "fr"


def test_without_settings_nothing_is_set(run: Run) -> None:
    assert in_force(run) == {}
    assert "Nothing is set." in run("config").stdout


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[align]\njobs = 'many'", "[align] jobs must be a whole number, not 'many'"),
        ("[align]\njobs = true", "[align] jobs must be a whole number, not True"),
        ("[align]\nallow = []", "[align] allow must be a number, not []"),
        ("[align]\nstrict = 1", "[align] strict must be true or false, not 1"),
        ("[align]\nlanguage = 7", "[align] language must be a text, not 7"),
        ("[align]\ndevice = 7", "[align] device must be one of auto, cpu, cuda, not 7"),
        ("[clip]\nto = 'cuts.edl'", "[clip] to must be a list of strings, not 'cuts.edl'"),
        ("[align]\njob = 3", "[align] there is no option 'job': did you mean jobs?"),
        ("[align]\nxyz = 3", "[align] there is no option 'xyz': choose from allow, "),
        ("[captions]\nlist = true", "[captions] there is no option 'list'"),
        ("[align]\ntranscript = 'a.txt'", "[align] there is no option 'transcript'"),
        ("[aling]\njobs = 3", "there is no command 'aling': choose from align, "),
        ("[align.deep]\njobs = 3", "[align] there is no command 'deep'"),
        ("jobs = 3", "there is no option 'jobs': choose from quiet, verbose"),
        ("quiet = 'yes'", "quiet must be true or false, not 'yes'"),
        ("[align", "not TOML: "),
        ("jobs = " + "[" * 5_000, "not TOML: it is nested too deep"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(run: Run, settings: str, said: str) -> None:
    told = run("doctor", here=settings)
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith(f"asdelivered: asdelivered.toml: {said}")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[batch]\non = 'dask:tcp://127.0.0.1:8786'", "[batch] on says where work is sent"),
        ("[batch]\non = 'local'", "[batch] on says where work is sent"),
        ("[align]\nmodel = 'someone/model'", "[align] model says which model is fetched and loaded"),
        ("[doctor]\ninstall = 'aeneas'", "[doctor] install installs software"),
        ("[clip]\nforce = true", "[clip] force replaces existing files"),
        ("[check]\nfix = true", "[check] fix changes the captions' own file"),
        ("[align]\noutput = '/tmp/x'", "[align] output is a path outside this folder (/tmp/x)"),
        ("[align]\npins = '../pins.json'", "[align] pins is a path outside this folder (../pins.json)"),
        ("[captions]\noutput = '~/captions'", "[captions] output is a path outside this folder (~/captions)"),
        ("[find]\narchive = 'in/../../e.db'", "[find] archive is a path outside this folder (in/../../e.db)"),
        (
            "[clip]\nto = ['cuts.edl', '/tmp/cuts.edl']",
            "[clip] to is a path outside this folder (/tmp/cuts.edl)",
        ),
        (
            "[captions]\nstyle = '../house.toml'",
            "[captions] style is a path outside this folder (../house.toml)",
        ),
        ("[page]\nrecording = '/etc/passwd'", "[page] recording is a path outside this folder (/etc/passwd)"),
        ("[archive.export]\noutput = '..'", "[archive.export] output is a path outside this folder (..)"),
    ],
)
def test_a_folder_may_not_send_work_away_nor_name_paths_outside_it(
    run: Run, settings: str, said: str
) -> None:
    told = run("doctor", here=settings)
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith(
        f"asdelivered: asdelivered.toml: {said}, so the file of a folder may not set it"
    )
    assert "user/asdelivered/asdelivered.toml" in told.stderr
    assert "ASDELIVERED_" in told.stderr
    assert told.stderr.count("\n") == 1
    assert run("config", user=settings).returncode == 0  # the user may


def test_a_link_in_a_folder_leads_outside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here" / "out").symlink_to(tmp_path)
    told = run("doctor", here="[align]\noutput = 'out/captions'")
    assert told.returncode == 2
    assert "is a path outside this folder (out/captions)" in told.stderr


def test_a_folder_may_choose_looks_and_paths_in_it(run: Run) -> None:
    settings = (
        "[align]\noutput = 'captions/new'\njobs = 2\n[captions]\nstyle = 'bbc'\n"
        "[page]\nrecording = 'https://example.org/a.opus'\n[clip]\nto = ['cuts.edl']\n"
    )
    assert {*in_force(run, here=settings)} == {
        "align.output",
        "align.jobs",
        "captions.style",
        "page.recording",
        "clip.to",
    }


def test_settings_of_a_folder_are_told_with_verbose(run: Run, page: Path) -> None:
    settings = "[transcript]\nlanguage = 'de'\n[align]\njobs = 2\n"
    told = "asdelivered: asdelivered.toml of this folder sets transcript.language, align.jobs\n"
    assert run("transcript", str(page), "--verbose", here=settings).stderr.count(told) == 1
    assert told not in run("transcript", str(page), here=settings).stderr
    assert "of this folder sets" not in run("transcript", str(page), "--verbose", user=settings).stderr


def test_a_value_that_an_option_refuses_is_told_with_its_file(run: Run, page: Path, sound: Path) -> None:
    for settings in ("jobs = 999", "engine = 'sphnix'", "device = 'tpu'", "language = 'x'"):
        told = run("align", str(page), str(sound), here=f"[align]\n{settings}")
        assert told.returncode == 2
        assert "(from asdelivered.toml)" in " ".join(told.stderr.split()), told.stderr


def test_a_wrong_variable_is_told_by_its_name(run: Run, page: Path, sound: Path) -> None:
    told = run("align", str(page), str(sound), ASDELIVERED_ALIGN_JOBS="many")
    assert told.returncode == 2
    assert "ASDELIVERED_ALIGN_JOBS" in told.stderr


def test_help_and_version_need_no_settings(run: Run) -> None:
    for option in ("--help", "--version"):
        assert run(option, here="[align").returncode == 0
