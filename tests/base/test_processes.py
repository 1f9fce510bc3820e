"""Workers: results in order, and only a little work ahead of them."""

import os
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from asdelivered.base.processes import all_give_back_memory, cores, in_order, kept, processes


def test_results_come_in_order_and_arguments_only_when_they_are_needed() -> None:
    asked: list[int] = []

    def numbers() -> Iterator[tuple[int, int]]:
        for number in range(60):
            asked.append(number)
            yield number, 2

    with processes(2) as pool:
        results = in_order(pool, pow, numbers())
        assert next(results) == 0
        assert len(asked) < 30
        assert [0, *results] == [number**2 for number in range(60)]


def test_no_work_gives_no_results() -> None:
    with processes(1) as pool:
        assert list(in_order(pool, pow, iter([]))) == []


def test_a_worker_keeps_to_one_core() -> None:
    with processes(1) as pool:
        (threads,) = in_order(pool, _most_threads, [()])
    assert threads == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
def test_workers_let_the_main_process_go_first() -> None:
    with processes(1) as pool:
        (niceness,) = in_order(pool, os.nice, [(0,)])
    assert niceness > os.nice(0)


def test_one_thing_is_kept_at_a_time() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name

    assert [kept(make, name) for name in ("a", "a", "b", "b", "a")] == ["a", "a", "b", "b", "a"]
    assert made == ["a", "b", "a"]


def test_what_was_kept_is_gone_before_something_else_is_made() -> None:
    alive: list[bool] = []

    def make(name: str) -> set[str]:
        alive.append(before() is not None)
        return {name}

    class Kept(set[str]):
        pass

    before = weakref.ref(kept(Kept))
    assert before() is not None
    kept(make, "b")
    assert alive == [False]


def hold(what: str) -> int:
    """Keep something, and be busy until others have been called; return which process this is."""
    kept(len, what)
    time.sleep(0.1)
    return os.getpid()


def held(_: int) -> tuple[int, int]:
    """Which process this is, and how many things it keeps."""
    time.sleep(0.1)
    return os.getpid(), kept.cache_info().currsize


def test_processes_let_go_of_what_they_keep() -> None:
    def keeping() -> dict[int, int]:
        return dict(in_order(pool, held, [(number,) for number in range(2 * cores())]))

    holding: set[int] = set()
    with processes(cores()) as pool:
        while len(holding) < cores():
            holding |= {*in_order(pool, hold, [("this",) for _ in range(cores())])}
        assert {*keeping().values()} == {1}
        for _ in range(10):  # on a machine that is busy with something else, one may miss its turn
            all_give_back_memory(pool)
        assert {*keeping().values()} == {0}


SCRIPT = """
from asdelivered.base.processes import in_order, processes

print("once")
with processes(2) as pool:
    print(list(in_order(pool, pow, [(2, 3), (3, 2)])))
"""


@pytest.mark.parametrize("way", ["file", "pipe", "argument"])
def test_a_script_is_run_once_without_a_guard(way: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    arguments = {"file": [str(script)], "pipe": ["-"], "argument": ["-c", SCRIPT]}[way]
    run = subprocess.run(
        [sys.executable, *arguments], input=SCRIPT, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (run.stdout, run.stderr) == ("once\n[8, 9]\n", "")


def _most_threads() -> int:
    return max(library["num_threads"] for library in threadpool_info())
