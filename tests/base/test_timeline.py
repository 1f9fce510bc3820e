"""Timelines: each stage once, in the process that did it, within the one that called it; none where nobody asks."""

import json
import os
import tracemalloc

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.processes import in_order, processes
from asdelivered.base.timeline import Work, each, recording, stage, trace_events

TRACE = jsonschema_rs.validator_for(
    {
        "type": "object",
        "required": ["traceEvents"],
        "properties": {
            "displayTimeUnit": {"enum": ["ms", "ns"]},
            "traceEvents": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "ph", "pid", "tid"],
                    "properties": {
                        "name": {"type": "string", "minLength": 1},
                        "cat": {"type": "string"},
                        "pid": {"type": "integer"},
                        "tid": {"type": "integer"},
                        "args": {"type": "object"},
                    },
                    "oneOf": [
                        {
                            "required": ["ts", "dur"],
                            "properties": {
                                "ph": {"const": "X"},
                                "ts": {"type": "number", "minimum": 0},
                                "dur": {"type": "number", "minimum": 0},
                            },
                        },
                        {
                            "required": ["args"],
                            "properties": {
                                "ph": {"const": "M"},
                                "name": {"enum": ["process_name", "thread_name"]},
                                "args": {"required": ["name"]},
                            },
                        },
                    ],
                },
            },
        },
    }
)
"""The parts of the Trace Event format that we write: complete events, and names of processes."""


def halve(number: int) -> float:
    with stage("halving"):
        return number / 2


def fail() -> None:
    with stage("failing"):
        raise LookupError("nothing there")


def test_work_in_other_processes_is_recorded() -> None:
    with recording() as works, processes(2) as pool:
        assert list(in_order(pool, halve, ((number,) for number in range(20)))) == [n / 2 for n in range(20)]
    assert [work.stage for work in works] == ["halving"] * 20
    assert os.getpid() not in {work.process for work in works}
    assert all(work.start <= work.end for work in works)


def test_an_error_in_another_process_is_raised_here() -> None:
    with recording() as works, processes(1) as pool:
        with pytest.raises(LookupError, match="nothing there"):
            pool.submit(fail).result(timeout=60)
        assert pool.submit(halve, 3).result(timeout=60) == 1.5
    assert [work.stage for work in works] == ["halving"]


def test_stages_lie_within_each_other() -> None:
    with recording() as works:
        with stage("outer"), stage("inner"):
            pass
        assert list(each("items", iter("ab"))) == ["a", "b"]
    inner, outer, *items = works
    assert (inner.stage, outer.stage) == ("inner", "outer")
    assert outer.start <= inner.start <= inner.end <= outer.end <= items[0].start
    assert [work.stage for work in items] == ["items"] * 3  # the last finds that there are no more


def test_a_stage_that_fails_is_recorded() -> None:
    with recording() as works, pytest.raises(LookupError):
        fail()
    assert [work.stage for work in works] == ["failing"]


def test_nothing_is_kept_where_nobody_records() -> None:
    def work() -> None:
        for _ in range(1000):
            with stage("idle"):
                pass

    work()
    tracemalloc.start()
    try:
        work()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 10_000
    with processes(1) as pool:
        assert type(pool).__name__ == "ProcessPoolExecutor"


@st.composite
def works(draw: st.DrawFn) -> Work:
    start = draw(st.integers(0, 10**12))
    return Work(
        draw(st.text(min_size=1, max_size=9)),
        draw(st.sampled_from([os.getpid(), 1, 2])),
        start,
        start + draw(st.integers(0, 10**9)),
    )


@given(st.lists(works(), max_size=9))
def test_every_timeline_keeps_to_the_format(recorded: list[Work]) -> None:
    document = json.loads(trace_events(recorded))
    assert TRACE.is_valid(document), next(TRACE.iter_errors(document)).message
    shown = [event for event in document["traceEvents"] if event["ph"] == "X"]
    names = {event["pid"]: event["args"]["name"] for event in document["traceEvents"] if event["ph"] == "M"}
    origin = min((work.start for work in recorded), default=0)
    assert sorted((one["name"], one["pid"], one["ts"], one["dur"]) for one in shown) == sorted(
        (work.stage, work.process, (work.start - origin) / 1000, (work.end - work.start) / 1000)
        for work in recorded
    )
    assert {event["pid"] for event in shown} <= set(names)
    assert len(set(names.values())) == len(names)
