"""Jobs done on an existing Dask cluster, and which of its schedulers may be asked."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from asdelivered.base.errors import UsageError
from asdelivered.batch.errors import BatchError
from asdelivered.batch.job import BatchSettings, run_job
from asdelivered.batch.jobs import Job
from asdelivered.batch.outcome import Outcome, State
from asdelivered.batch.runners import Runner

CONNECT = 10
"""Seconds to wait for a scheduler."""
ENCRYPTED = frozenset({"tls", "wss"})
"""Protocols of Dask in which both sides prove who they are."""


def check_scheduler(address: str, insecure: bool) -> None:
    """Raise UsageError unless the scheduler at `address` is on this machine, is asked with TLS, or `insecure` is set.

    A scheduler's answers are unpickled, so whoever answers in its place can run any program here.
    """
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(
            f"{address} is not the address of a Dask scheduler ({error}): tcp://127.0.0.1:8786"
        ) from error
    if not host or port is None:
        raise UsageError(
            f"{address} is not the address of a Dask scheduler: give a host and a port, tls://host:8786"
        )
    if parts.scheme not in ENCRYPTED and not _is_here(host) and not insecure:
        raise UsageError(
            f"{address}: without TLS anyone on the network path can answer for the scheduler and run programs here: "
            f"use tls://{parts.netloc}, or --insecure-scheduler in a network that you trust"
        )


def dask(address: str, noted: Callable[[str], None]) -> Runner:
    """Return a runner that submits jobs to the Dask cluster whose scheduler is at `address` ("tls://host:8786").

    Its workers need this package, and must see the folders of inputs and results under the same names. When a worker is
    lost, the scheduler gives its job to another one. `noted` gets what the user should know meanwhile. The runner
    raises BatchError where the scheduler cannot be reached, or is lost.
    """

    def run(jobs: Sequence[Job], settings: BatchSettings) -> Iterator[Outcome]:
        try:
            from distributed import as_completed as as_they_end
        except ImportError as error:
            raise BatchError(
                "--on dask needs Dask: install it with pip install 'asdelivered[dask]'"
            ) from error
        with _libraries_silent(), _client(address) as client:
            futures = client.map(run_job, jobs, settings=settings, pure=False)
            if not client.nthreads():
                noted(
                    f"{address}: no worker is there; the jobs wait for one: start it with `dask worker {address}`"
                )
            names = {future.key: job.name for future, job in zip(futures, jobs, strict=True)}
            ended = as_they_end(futures, loop=client.loop)  # type: ignore[no-untyped-call]
            left = len(jobs)
            for future in ended:
                if client.status != "running" and future.status != "finished":
                    raise BatchError(
                        f"{address}: the scheduler was lost, {left} of {len(jobs)} jobs are not done; "
                        "what is done is kept, start the batch again when it is back"
                    )
                if future.status == "finished":
                    outcome = future.result()
                elif future.status == "error":
                    reason = f"the cluster could not do it: {future.exception()}"
                    outcome = Outcome(names[future.key], State.FAILED, reason)
                elif future.cancelled():
                    outcome = Outcome(names[future.key], State.FAILED, "the job was cancelled on the cluster")
                else:  # its worker was lost with the outcome: another one finds the job done
                    ended.add(future)  # type: ignore[no-untyped-call]
                    continue
                left -= 1
                yield outcome

    return run


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """Connect to a scheduler. Raises BatchError."""
    from distributed import Client
    from distributed.security import Security

    tls = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    if urlsplit(address).scheme in ENCRYPTED and tls.get("ssl_context") is None:
        raise BatchError(
            f"{address}: TLS needs certificates: name them in Dask's configuration, under distributed.comm.tls"
        )
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise BatchError(
            f"{address}: no Dask scheduler answers there ({error}): start one with `dask scheduler`"
        ) from error
    with client:
        yield client


@contextmanager
def _libraries_silent() -> Iterator[None]:
    """Keep what Dask logs off the terminal, unless the user asked for the messages of libraries.

    Of a lost connection it logs a page of tracebacks.
    """
    if logging.getLogger().isEnabledFor(logging.INFO):
        yield
        return
    before = logging.root.manager.disable
    logging.disable(
        logging.CRITICAL
    )  # levels would not do: Dask gives several of its loggers one of their own
    try:
        yield
    finally:
        logging.disable(before)
