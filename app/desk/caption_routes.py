"""The routes of the view of captions: what is shown, and what a person changes of it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from asdelivered.app.desk.caption_view import CaptionChange
from asdelivered.app.desk.desk import Desk
from asdelivered.app.jobs.status import refresh
from asdelivered.review.server.http import as_json, body_of, field, number_in


async def captions(desk: Desk, request: Request) -> Response:
    """Return the captions around a moment, in a style."""
    found = desk.event_library.event(request.path_params["event"])
    await desk.keep_edits(found)
    view = await run_in_threadpool(desk.captions, found)
    style = request.query_params.get("style", "netflix")
    return as_json(await run_in_threadpool(view.part, style, number_in(request, "at", 0)))


async def change(desk: Desk, request: Request) -> Response:
    """Change a caption, undo or redo; the answer is the captions around it."""
    body = await body_of(request)
    view = await run_in_threadpool(desk.captions, desk.event_library.event(request.path_params["event"]))
    style, moment = field(body, "style", str), field(body, "moment", int)
    kind = request.path_params["change"]
    seen = field(body, "version", str) if "version" in body else None
    if kind == "undo":
        await run_in_threadpool(view.undo, seen)
    elif kind == "redo":
        await run_in_threadpool(view.redo, seen)
    elif kind == "forget":
        await run_in_threadpool(view.forget, style, seen)
    elif kind in ("break", "split", "merge", "times", "reset"):
        numbers = {key: field(body, key, int) for key in ("at", "start", "end") if key in body}
        wanted = CaptionChange(kind, style, moment, field(body, "first", int), **numbers)
        await run_in_threadpool(view.change, wanted, seen)
    else:
        raise HTTPException(
            404, "captions can be changed by break, split, merge, times, reset, undo, redo, forget"
        )
    return as_json(await run_in_threadpool(view.part, style, moment))


async def refresh_files(desk: Desk, request: Request) -> Response:
    """Make the caption files again that are older than the edits; what a person changed stays."""
    found = desk.event_library.event(request.path_params["event"])
    written, remarks = await run_in_threadpool(refresh, found.alignment)
    return as_json({"files": [path.name for path in written], "remarks": [*remarks]})
