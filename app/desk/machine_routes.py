"""The routes of the view of this machine: its models, and the state of the installation."""

from __future__ import annotations

import asyncio
import json
import sys

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from asdelivered.app.desk.desk import Desk
from asdelivered.app.desk.models import MODEL
from asdelivered.app.errors import AppError
from asdelivered.review.server.http import as_json, body_of, field


async def models(desk: Desk, request: Request) -> Response:
    """Return the models that can be had, and those that are here."""
    return as_json(await run_in_threadpool(desk.models.state))


async def fetch(desk: Desk, request: Request) -> Response:
    """Begin to fetch a model."""
    desk.models.fetch(field(await body_of(request), "name", str))
    return as_json(desk.models.state())


async def stop(desk: Desk, request: Request) -> Response:
    """Stop fetching; what has come is kept for the next time."""
    desk.queue.stop(MODEL)
    return as_json(desk.models.state())


async def diagnosis(desk: Desk, request: Request) -> Response:
    """Return what `asdelivered doctor` finds, in a process of its own: it loads every library."""
    command = (sys.executable, "-m", "asdelivered", "doctor", "--json")
    pipe = asyncio.subprocess.PIPE
    doctor = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=asyncio.subprocess.DEVNULL)
    told, _ = await doctor.communicate()
    try:
        return as_json(json.loads(told))
    except ValueError as error:
        raise AppError("the installation can't be checked: run asdelivered doctor in a terminal") from error
