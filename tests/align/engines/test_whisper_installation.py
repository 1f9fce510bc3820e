"""A model fetched from a hub and from a package index of this machine, in processes of their own."""

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import pytest
from tiny_whisper import write_tiny_whisper
from weights_server import at_hub, at_index, serving, stated

from asdelivered.align.engines.whisper_weights import AT_HUB, KNOWN, WeightFile, Weights

REPOSITORY, REVISION = "someone/faster-whisper-small", "0123456789" * 4
Run = subprocess.CompletedProcess[str]
NOWHERE = "http://127.0.0.1:9"
INSTALL = """
import json, sys
from asdelivered.align.engines.whisper_weights import WeightFile, Weights
from asdelivered.align.engines.whisper_installation import install_whisper
from asdelivered.base.errors import AsdeliveredError
given = json.loads(sys.argv[1])
files = tuple(WeightFile(f["name"], f["sha256"], f["size"], tuple(f["pieces"])) for f in given.pop("files"))
weights = Weights(files=files, packages=tuple(given.pop("packages")), **given)
try:
    print(install_whisper(weights, lambda sentence: print(sentence, file=sys.stderr)))
except AsdeliveredError as error:
    sys.exit(str(error))
"""
FIND = "import sys; from asdelivered.align.engines.whisper import load_model; from asdelivered.align.engines.engine "
FIND += "import EngineOptions; load_model(EngineOptions(sys.argv[1]))"

INSTALL_BY_NAME = """
import sys
from asdelivered.app.jobs.doctor import install_whisper
from asdelivered.base.errors import AsdeliveredError
try:
    install_whisper(sys.argv[1], print)
except AsdeliveredError as error:
    sys.exit(str(error))
"""

pytestmark = pytest.mark.skipif(
    find_spec("pip") is None and not any((Path(part) / "uv").exists() for part in os.get_exec_path()),
    reason="neither pip nor uv is here",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_tiny_whisper(tmp_path_factory.mktemp("tiny"))
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_size)
    }


@pytest.fixture(scope="module")
def weights(files: dict[str, bytes]) -> Weights:
    """A small model whose model.bin comes in two packages."""
    pieces: dict[str, tuple[str, ...]] = {name: (f"one/data/{name}",) for name in files}
    pieces["model.bin"] = ("one/data/model.bin.1", "two/data/model.bin.2")
    known = tuple(
        WeightFile(name, hashlib.sha256(data).hexdigest(), len(data), pieces[name])
        for name, data in files.items()
    )
    return Weights("small", REPOSITORY, REVISION, known, ("part-one==1.0.0", "part-two==1.0.0"))


@pytest.fixture(scope="module")
def packages(files: dict[str, bytes]) -> dict[str, bytes]:
    half = len(files["model.bin"]) // 2
    one = {f"one/data/{name}": data for name, data in files.items() if name != "model.bin"}
    one["one/data/model.bin.1"] = files["model.bin"][:half]
    return at_index("part-one", "1.0.0", one) | at_index(
        "part-two", "1.0.0", {"two/data/model.bin.2": files["model.bin"][half:]}
    )


def python(
    code: str, *arguments: str, home: Path, hub: str = NOWHERE, index: str = NOWHERE, **more: str
) -> Run:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "HF_"))},
        "HF_HOME": str(home),
        "HF_ENDPOINT": hub,
        "UV_DEFAULT_INDEX": f"{index}/simple",
        "UV_HTTP_RETRIES": "0",
        "PIP_INDEX_URL": f"{index}/simple",
        "PIP_RETRIES": "0",
        **more,
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment,
    )


def install(weights: Weights, home: Path, hub: str = NOWHERE, index: str = NOWHERE, **more: str) -> Run:
    return python(INSTALL, json.dumps(asdict(weights)), home=home, hub=hub, index=index, **more)


def placed(home: Path) -> dict[str, bytes]:
    """What of a model is where the hub's cache would have it."""
    folder = home / "hub" / "models--someone--faster-whisper-small" / "snapshots" / REVISION
    return {file.name: file.read_bytes() for file in folder.glob("*")}


def left_over(home: Path) -> list[str]:
    return [str(path) for path in home.rglob(".asdelivered-arriving")]


def test_from_the_hub_to_where_the_engine_finds_it(
    weights: Weights, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    with serving(at_hub(REPOSITORY, REVISION, files)) as hub:
        run = install(weights, tmp_path, hub.address)
        assert run.returncode == 0, run.stderr
        hub.asked.clear()
        again = install(weights, tmp_path, hub.address)
        assert again.stdout.strip() == "None"
        assert hub.asked == []
    assert placed(tmp_path) == files
    assert left_over(tmp_path) == []
    found = python(FIND, REPOSITORY, home=tmp_path, HF_HUB_OFFLINE="1")
    assert found.returncode == 0, found.stderr


def test_from_packages_where_there_is_no_hub(
    weights: Weights, files: Mapping[str, bytes], packages: Mapping[str, bytes], tmp_path: Path
) -> None:
    with serving(packages) as index:
        run = install(weights, tmp_path, index=index.address)
    assert run.returncode == 0, run.stderr
    assert f"{NOWHERE} does not answer" in run.stderr
    assert placed(tmp_path) == files
    assert left_over(tmp_path) == []


def test_a_hub_that_must_not_be_asked_is_not_asked(
    weights: Weights, files: Mapping[str, bytes], packages: Mapping[str, bytes], tmp_path: Path
) -> None:
    with serving(at_hub(REPOSITORY, REVISION, files)) as hub, serving(packages) as index:
        run = install(weights, tmp_path, hub.address, index.address, HF_HUB_OFFLINE="1")
        assert run.returncode == 0, run.stderr
        assert hub.asked == []
    assert placed(tmp_path) == files


def test_other_bytes_are_refused_and_not_kept(
    weights: Weights, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    forged = {**files, "model.bin": b"X" + files["model.bin"][1:]}
    with serving(at_hub(REPOSITORY, REVISION, forged)) as hub:
        run = install(weights, tmp_path, hub.address)
    assert run.returncode == 1
    assert "model.bin has another SHA-256" in run.stderr
    assert placed(tmp_path) == {}
    assert left_over(tmp_path) == []


def test_what_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(22_000_000)
    file = WeightFile("model.bin", hashlib.sha256(data).hexdigest(), len(data), ("no/model.bin",))
    weights = Weights("small", REPOSITORY, REVISION, (file,), ("no==1.0.0",))
    with serving(at_hub(REPOSITORY, REVISION, {"model.bin": data})) as hub:
        hub.breaks_after = 21_500_000
        run = install(weights, tmp_path, hub.address)
        assert run.returncode == 1
        assert "can be had neither from the hub nor from a package index" in run.stderr
        assert placed(tmp_path) == {}
        hub.breaks_after, hub.broken = None, False
        hub.asked.clear()
        run = install(weights, tmp_path, hub.address)
        assert run.returncode == 0, run.stderr
        (part,) = (part for method, path, part in hub.asked if (method, path[-9:]) == ("GET", "model.bin"))
    first = int(part.removeprefix("bytes=").removesuffix("-"))
    assert 10_000_000 < first < len(data)
    assert placed(tmp_path) == {"model.bin": data}


def test_a_package_that_came_is_not_fetched_again(
    weights: Weights, files: Mapping[str, bytes], packages: Mapping[str, bytes], tmp_path: Path
) -> None:
    with serving({path: data for path, data in packages.items() if "two" not in path}) as index:
        assert install(weights, tmp_path, index=index.address).returncode == 1
    with serving(
        {path: data for path, data in packages.items() if "part" not in path or "two" in path}
    ) as index:
        run = install(weights, tmp_path, index=index.address)
    assert run.returncode == 0, run.stderr
    assert placed(tmp_path) == files


def test_a_package_without_the_piece_is_told(
    weights: Weights, packages: Mapping[str, bytes], tmp_path: Path
) -> None:
    emptied = {**packages} | at_index("part-two", "1.0.0", {"two/data/other": b""})
    with serving(emptied) as index:
        run = install(weights, tmp_path, index=index.address)
    assert run.returncode == 1
    assert "carry no two/data/model.bin.2 any more" in run.stderr
    assert placed(tmp_path) == {}


def test_a_broken_model_in_the_cache_is_mended(
    weights: Weights, files: Mapping[str, bytes], tmp_path: Path
) -> None:
    with serving(at_hub(REPOSITORY, REVISION, files)) as hub:
        assert install(weights, tmp_path, hub.address).returncode == 0
        (model,) = tmp_path.rglob("model.bin")
        model.write_bytes(b"half")
        assert install(weights, tmp_path, hub.address).returncode == 0
    assert placed(tmp_path) == files


def test_a_larger_model_comes_by_the_hashes_that_the_hub_states(
    files: Mapping[str, bytes], tmp_path: Path
) -> None:
    repository = AT_HUB["small"]
    with serving(at_hub(repository, REVISION, files) | stated(repository, REVISION, files)) as hub:
        run = python(INSTALL_BY_NAME, "small", home=tmp_path, hub=hub.address)
        assert run.returncode == 0, run.stderr
        hub.asked.clear()
        again = python(INSTALL_BY_NAME, "small", home=tmp_path, hub=hub.address)
        assert "is here already" in again.stdout
        assert not [path for _, path, _ in hub.asked if "/resolve/" in path]
    (model,) = tmp_path.rglob("model.bin")
    assert {file.name: file.read_bytes() for file in model.parent.iterdir()} == files
    assert python(FIND, "small", home=tmp_path, HF_HUB_OFFLINE="1").returncode == 0


def test_a_larger_model_with_other_bytes_is_refused(files: Mapping[str, bytes], tmp_path: Path) -> None:
    repository = AT_HUB["turbo"]
    with serving(
        at_hub(repository, REVISION, files) | stated(repository, REVISION, files, "config.json")
    ) as hub:
        run = python(INSTALL_BY_NAME, "turbo", home=tmp_path, hub=hub.address)
    assert run.returncode == 1
    assert "config.json" in run.stderr
    assert not list(tmp_path.rglob("model.bin"))


def test_a_larger_model_without_a_hub_is_told(tmp_path: Path) -> None:
    run = python(INSTALL_BY_NAME, "medium", home=tmp_path)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert f"the model medium comes from the hub alone, and {NOWHERE} does not answer" in run.stderr


@pytest.mark.parametrize("name", [weights.name for weights in KNOWN])
def test_the_command_says_in_one_sentence_that_nothing_can_be_reached(
    program: Path, name: str, tmp_path: Path
) -> None:
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    run = python(code, str(program), "doctor", "--install", f"whisper-{name}", home=tmp_path)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert f"the model {name} can be had neither from the hub nor from a package index" in run.stderr


def test_every_known_file_has_a_hash_and_its_packages_are_pinned() -> None:
    for weights in KNOWN:
        assert all(len(file.sha256) == 64 and file.pieces for file in weights.files)
        assert weights.files[-1].name == "model.bin"
        assert all("==" in package for package in weights.packages)
