"""Which schedulers may be asked, and what is said when one has no workers or is lost."""

import socket
import subprocess
from pathlib import Path

import pytest

from asdelivered.base.errors import UsageError
from asdelivered.batch.cluster import check_scheduler

from .conftest import write_jobs
from .test_dask import COMMAND, dask


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:8786",
        "tcp://127.9.9.9:8786",
        "tcp://localhost:8786",
        "localhost:8786",
        "tcp://[::1]:8786",
        "ws://127.0.0.1:8786",
        "tls://scheduler:8786",
        "TLS://scheduler:8786",
        "wss://192.0.2.1:8786",
    ],
)
def test_this_machine_and_tls_are_trusted(address: str) -> None:
    check_scheduler(address, insecure=False)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://192.0.2.1:8786",
        "scheduler:8786",
        "ws://scheduler:8786",
        "ucx://scheduler:8786",
        "tcp://localhost.example.org:8786",
        "tcp://0.0.0.0:8786",
        "tcp://[2001:db8::1]:8786",
        "tcp://127.0.0.1@scheduler:8786",
    ],
)
def test_another_machine_needs_tls_or_the_flag(address: str) -> None:
    with pytest.raises(UsageError, match="--insecure-scheduler"):
        check_scheduler(address, insecure=False)
    check_scheduler(address, insecure=True)


@pytest.mark.parametrize(
    "address", ["tls://", "tcp://host", "tcp://host:port", "tcp://[::1", "tls://host:99999"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a Dask scheduler"):
        check_scheduler(address, insecure=True)


def test_a_cluster_elsewhere_is_refused_before_anything_is_sent(tmp_path: Path, command) -> None:
    run = command("batch", write_jobs(tmp_path / "in", ["a"]), "--on", "dask:tcp://192.0.2.1:8786")
    assert run.returncode == 2
    assert "without TLS" in run.stderr
    assert run.stderr.count("\n") == 1


def test_tls_without_certificates_is_told(tmp_path: Path, command) -> None:
    run = command(
        "batch", write_jobs(tmp_path / "in", ["a"]), "-o", tmp_path / "out", "--on", "dask:tls://127.0.0.1:9"
    )
    assert run.returncode == 1
    assert "TLS needs certificates" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_lost_scheduler_and_missing_workers_are_a_sentence_each(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--no-dashboard", "--port", str(port))
    table = write_jobs(tmp_path / "in", ["a", "b", "c"])
    batch = subprocess.Popen(
        [COMMAND, "batch", table, "-o", tmp_path / "out", "--on", f"dask:{address}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert batch.stderr
        assert batch.stderr.readline() == f"asdelivered: the jobs go to the Dask cluster at {address}\n"
        assert batch.stderr.readline().startswith(f"asdelivered: {address}: no worker is there")
        scheduler.kill()
        printed, told = batch.communicate(timeout=60)
    finally:
        for process in (scheduler, batch):
            process.kill()
            process.wait()
    assert batch.returncode == 1
    assert printed == ""
    assert told == (
        f"asdelivered: {address}: the scheduler was lost, 3 of 3 jobs are not done; what is done is kept, "
        "start the batch again when it is back\n"
    )
