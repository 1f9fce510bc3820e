"""No damaged file brings a reader down: a short run of the fuzzer. A longer one: `python tests/fuzz/readers.py all`."""

import os
import subprocess
import sys
from pathlib import Path

import readers

FOLDER = Path(__file__).parent
INPUTS = 8


def test_damaged_files_are_read_or_refused_in_a_sentence() -> None:
    root = FOLDER.parents[1]
    paths = [os.environ.get("PYTHONPATH", ""), str(root / "benchmarks")]
    run = subprocess.run(
        [sys.executable, FOLDER / "readers.py", "all", "--inputs", str(INPUTS), "--seed", "20261128"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count(f"{INPUTS} inputs, 0 faults") == len(readers.READERS)


def test_the_fuzzer_finds_what_is_not_a_sentence(tmp_path: Path, monkeypatch) -> None:
    def fail(path: Path) -> object:
        raise ZeroDivisionError(path)

    monkeypatch.setitem(readers.READERS, "broken", readers.Reader(".txt", readers.texts("good"), fail))
    found = list(readers.faults("broken", 1, 3, tmp_path))
    assert len(found) == 3
    assert all("ZeroDivisionError" in fault for fault in found)
    assert len(list(tmp_path.iterdir())) == 3
