"""Workers: results in order, and only a little work ahead of them."""

from collections.abc import Iterator

from threadpoolctl import threadpool_info

from asdelivered.align.processes import in_order, processes


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


def _most_threads() -> int:
    return max(library["num_threads"] for library in threadpool_info())
