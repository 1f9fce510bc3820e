"""The routes of the desk's server. It answers everyone: the Guard in front of it controls access."""

from __future__ import annotations

import functools
import mimetypes
import shlex
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from asdelivered.app.desk import caption_routes, machine_routes
from asdelivered.app.desk.desk import REEL, Desk
from asdelivered.app.desk.event_library import Event
from asdelivered.app.desk.exports import (
    MEDIA,
    ClipChoices,
    Export,
    alignment_of,
    captions_of_event,
    clips_of_event,
    page_of_event,
    preview_of_clip,
    transcripts_of_event,
)
from asdelivered.app.desk.new_event import GivenFile, NewEvent, add_event, add_example
from asdelivered.app.desk.sounds import piece_of
from asdelivered.base.errors import AsdeliveredError
from asdelivered.media.browser_media import MEDIA_TYPES
from asdelivered.media.cutlists import FORMATS as CUT_LISTS
from asdelivered.media.endings import RECORDING_ENDINGS
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import AUTO
from asdelivered.review.review import Review
from asdelivered.review.server.http import as_json, body_of, field, number_in_path
from asdelivered.review.server.page_files import TYPES, fresh, page_file
from asdelivered.review.server.routes import make_app as review_app
from asdelivered.review.server.routes import review_files
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.style_file import named_style, style_names

LONGEST_QUOTE = 4000

Handler = Callable[[Desk, Request], Awaitable[Response]]


def make_app(desk: Desk) -> ASGIApp:
    """Return the application that serves a desk, with the review of each event below the event's own address."""

    def served(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @functools.wraps(handler)
        async def answer(request: Request) -> Response:
            try:
                return await handler(desk, request)
            except AsdeliveredError as error:
                return JSONResponse({"error": str(error)}, 409)
            except OSError as error:
                return JSONResponse(
                    {"error": f"{error.filename or 'a file'}: {error.strerror or error}"}, 409
                )

        return answer

    app = Starlette(
        routes=[Route(path, served(handler), methods=[method]) for method, path, handler in ROUTES],
        exception_handlers={HTTPException: _error_answer},
    )
    return _WithReviews(desk, app)


class _WithReviews:
    """Passes what begins with events/KEY/review/ to the review of that event, all else to the desk.

    The files of the review's page are the desk's own, too: the page is there before a long alignment has been read.
    """

    def __init__(self, desk: Desk, app: ASGIApp) -> None:
        self._desk = desk
        self._app = app
        self._open: tuple[Review, Starlette] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        parts = scope["path"].removeprefix(root).split("/")
        of_review = parts[1:2] == ["events"] and parts[3:4] == ["review"] and len(parts) > 4
        of_page = len(parts) == 5 and (not parts[4] or Path(parts[4]).suffix in TYPES)
        if scope["type"] != "http" or not of_review or of_page:
            await self._app(scope, receive, send)
            return
        inner = {**scope, "root_path": f"{root}/events/{parts[2]}/review"}
        try:
            review = self._desk.review(self._desk.event_library.event(parts[2]))
        except AsdeliveredError as error:
            await JSONResponse({"error": str(error)}, 409)(scope, receive, send)
            return
        if self._open is None or self._open[0] is not review:
            self._open = (review, review_app(review))
        await self._open[1](inner, receive, send)


async def _error_answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


async def state(desk: Desk, request: Request) -> Response:
    """Return the library and the work in progress."""
    return as_json(await run_in_threadpool(desk.state))


async def quit_desk(desk: Desk, request: Request) -> Response:
    """End the desk, as Ctrl-C does, once this is answered. While something is at work, only who is sure ends it."""
    sure = field(await body_of(request), "sure", bool)
    if desk.is_busy() and not sure:
        return as_json({"ends": False})

    async def end() -> None:
        signal.raise_signal(signal.SIGINT)

    answer = as_json({"ends": True})
    answer.background = BackgroundTask(end)
    return answer


async def choices(desk: Desk, request: Request) -> Response:
    """Return what the dialogs offer: styles, formats, cut-lists."""
    return as_json(
        {
            "styles": [[name, named_style(name).title] for name in style_names()],
            "formats": [[name, form.title, form.extension] for name, form in FORMATS.items()],
            "lists": [[known.ending, known.name] for known in CUT_LISTS],
            "media": [*MEDIA],
            "recordings": [*RECORDING_ENDINGS],
        }
    )


async def browse(desk: Desk, request: Request) -> Response:
    """Return the content of a folder of this machine."""
    return as_json(await run_in_threadpool(desk.disk.listing, request.query_params.get("path", "")))


async def search(desk: Desk, request: Request) -> Response:
    """Find a quote in all events."""
    quote = request.query_params.get("q", "").strip()[:LONGEST_QUOTE]
    return as_json(await run_in_threadpool(desk.search.find, quote))


async def reels(desk: Desk, request: Request) -> Response:
    """Return the reels that were made."""
    return as_json(await run_in_threadpool(desk.reel_state))


async def add_reel(desk: Desk, request: Request) -> Response:
    """Begin to make a reel of quotes from several events."""
    quotes = field(await body_of(request), "quotes", list)
    if not all(
        isinstance(one, dict)
        and isinstance(one.get("text"), str)
        and len(one["text"]) <= LONGEST_QUOTE
        and isinstance(one.get("start"), int | float)
        for one in quotes
    ):
        raise HTTPException(400, "each quote has a key, a text and a start")
    desk.make_reel(quotes, datetime.now())
    return as_json(desk.reel_state())


async def stop_reel(desk: Desk, request: Request) -> Response:
    """Stop the work on a reel."""
    desk.queue.stop(REEL)
    return as_json(desk.reel_state())


async def reel(desk: Desk, request: Request) -> Response:
    """Return a reel, or the requested range of it."""
    return fresh(FileResponse(desk.reel_file(request.path_params["name"]), media_type="video/mp4"))


async def begin_upload(desk: Desk, request: Request) -> Response:
    """Begin an upload."""
    size = field(await body_of(request), "size", int)
    return as_json({"upload": desk.uploads.begin(size)})


async def add_piece(desk: Desk, request: Request) -> Response:
    """Take a piece of a file: the bytes from an offset on."""
    offset = number_in_path(request, "offset")
    piece = await request.body()
    size = await run_in_threadpool(desk.uploads.append, request.path_params["upload"], offset, piece)
    return as_json({"size": size})


async def stop_upload(desk: Desk, request: Request) -> Response:
    """Forget a file that a person does not want to send after all."""
    desk.uploads.forget(request.path_params["upload"])
    return as_json({})


async def add(desk: Desk, request: Request) -> Response:
    """Add an event."""
    body = await body_of(request)
    given = body.get("page")
    new = NewEvent(
        given if isinstance(given, str) else _given(desk, body, "page"), _given(desk, body, "recording")
    )
    with desk.uploads.in_use(*(one.path for one in (new.page, new.recording) if isinstance(one, GivenFile))):
        event = await run_in_threadpool(add_event, desk.event_library, new)
    return as_json(desk.event_state(event))


async def add_the_example(desk: Desk, request: Request) -> Response:
    """Add the example."""
    return as_json(desk.event_state(await run_in_threadpool(add_example, desk.event_library)))


def _given(desk: Desk, body: dict[str, Any], key: str) -> GivenFile:
    """Return a file that a request names: {path}, or {upload, name}. Raises HTTPException, AppError."""
    one = field(body, key, dict)
    if "upload" in one:
        return GivenFile(desk.uploads.path(field(one, "upload", str)), field(one, "name", str), True)
    path = desk.disk.allowed(field(one, "path", str))
    return GivenFile(path, path.name)


async def event(desk: Desk, request: Request) -> Response:
    """Return an event with its files."""
    return as_json(await run_in_threadpool(desk.details, _event(desk, request)))


async def remove(desk: Desk, request: Request) -> Response:
    """Put an event aside, so that it can be brought back."""
    return as_json({"removed": desk.remove(_event(desk, request))})


async def restore(desk: Desk, request: Request) -> Response:
    """Bring back an event that was put aside."""
    desk.event_library.restore(field(await body_of(request), "removed", str))
    return as_json(await run_in_threadpool(desk.state))


async def text(desk: Desk, request: Request) -> Response:
    """Return how the page of an event is read."""
    return as_json(await run_in_threadpool(desk.understood, _event(desk, request)))


async def correct(desk: Desk, request: Request) -> Response:
    """Keep corrections, and return how the page is read with them."""
    body = await body_of(request)
    found = _event(desk, request)
    language = field(body, "language", str) if body.get("language") else None
    if language is not None and not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        raise HTTPException(400, "give a language code of ISO 639, such as en or de")
    unspoken = tuple(str(one).strip() for one in field(body, "unspoken", list) if str(one).strip())
    rows = [row for row in field(body, "speakers", list) if isinstance(row, dict)]
    sound = field(body, "sound", str) if "sound" in body else AUTO
    version = field(body, "version", str) if "version" in body else None
    await run_in_threadpool(desk.correct, found, language, unspoken, rows, sound, version)
    return as_json(await run_in_threadpool(desk.understood, desk.event_library.event(found.key)))


async def relink(desk: Desk, request: Request) -> Response:
    """Take another file as the recording of an event: it was moved or renamed."""
    found = _event(desk, request)
    desk.relink(found, desk.disk.allowed(field(await body_of(request), "path", str)))
    return as_json(await run_in_threadpool(desk.details, desk.event_library.event(found.key)))


async def align(desk: Desk, request: Request) -> Response:
    """Begin to align an event, or put it in the queue."""
    found = _event(desk, request)
    await desk.keep_edits(found)
    desk.align(found)
    return as_json(await run_in_threadpool(desk.state))


async def found(desk: Desk, request: Request) -> Response:
    """Return what an alignment in progress has found: about when lines begin, in milliseconds by their ids."""
    return as_json({"starts": desk.queue.found(_event(desk, request).key)})


async def stop(desk: Desk, request: Request) -> Response:
    """Stop the work for an event."""
    desk.queue.stop(_event(desk, request).key)
    return as_json(await run_in_threadpool(desk.state))


async def export(desk: Desk, request: Request) -> Response:
    """Begin to make captions, clips or a page; with `only_show` just return the command line that does the same."""
    body = await body_of(request)
    found = _event(desk, request)
    wanted = await run_in_threadpool(_export, desk, found, request.path_params["kind"], body)
    if not body.get("only_show"):
        await desk.keep_edits(found)
        desk.export(found, wanted)
    command = shlex.join(("asdelivered", *wanted.command))
    return as_json({"command": command, "folder": str(found.folder)})


def _export(desk: Desk, found: Event, kind: str, body: dict[str, Any]) -> Export:
    if kind == "align":
        return alignment_of(found, desk.cache)
    if kind == "captions":
        formats = tuple(str(name) for name in field(body, "formats", list))
        labels, own_words = body.get("labels") is not False, body.get("own_words") is True
        return captions_of_event(found, field(body, "style", str), formats, labels, own_words)
    if kind == "transcript":
        return transcripts_of_event(found, tuple(str(name) for name in field(body, "formats", list)))
    if kind == "clips":
        return clips_of_event(found, _clip_choices(body), datetime.now())
    if kind == "page":
        return page_of_event(found, field(body, "title", str).strip(), field(body, "address", str).strip())
    raise HTTPException(404, "the exports are captions, transcript, clips and page")


def _clip_choices(body: dict[str, Any]) -> ClipChoices:
    quotes = (str(quote).strip()[:LONGEST_QUOTE] for quote in field(body, "quotes", list))
    lists = tuple(str(ending) for ending in field(body, "lists", list))
    style, media = field(body, "style", str), field(body, "media", str)
    named_style(style)
    return ClipChoices(tuple(filter(None, quotes)), lists, media, style, body.get("lower_third") is True)


async def preview_clip(desk: Desk, request: Request) -> Response:
    """Return a frame of the clip that would be rendered of a quote."""
    chosen = _clip_choices(await body_of(request))
    found = _event(desk, request)
    await desk.keep_edits(found)
    return as_json(await run_in_threadpool(preview_of_clip, found, chosen))


async def media(desk: Desk, request: Request) -> Response:
    """Return the recording of an event, or the requested range of it."""
    path = await run_in_threadpool(_event(desk, request).recording_file)
    if path is None:
        raise HTTPException(404, "the recording is not where it was")
    return FileResponse(path, media_type=_media_type(path))


async def sound(desk: Desk, request: Request) -> Response:
    """Return a piece of one of a recording's sounds, to listen to."""
    path = await run_in_threadpool(_event(desk, request).recording_file)
    if path is None:
        raise HTTPException(404, "the recording is not where it was")
    piece = await run_in_threadpool(lambda: piece_of(open_recording(path), request.path_params["sound"]))
    return fresh(Response(piece, media_type="audio/wav"))


async def made_file(desk: Desk, request: Request) -> Response:
    """Return a file that was made of an event, to be saved: no browser runs it here."""
    found, name = _event(desk, request), request.path_params["name"]
    if name not in await run_in_threadpool(desk.files, found):
        raise HTTPException(404, "there is no such file")
    path = found.folder / name
    return fresh(FileResponse(path, media_type="application/octet-stream", filename=path.name))


async def preview(desk: Desk, request: Request) -> Response:
    """Return a clip that was made of an event, or the requested range of it, to be played in the page."""
    found, name = _event(desk, request), request.path_params["name"]
    kind = MEDIA_TYPES.get(Path(name).suffix.lower())
    if kind is None or name not in await run_in_threadpool(desk.files, found):
        raise HTTPException(404, "there is no such clip")
    return fresh(FileResponse(found.folder / name, media_type=kind))


async def to_review(desk: Desk, request: Request) -> Response:
    """Lead to the review of an event: its page finds its parts only with the stroke at the end."""
    return RedirectResponse(f"{request.scope['root_path']}/events/{request.path_params['event']}/review/")


async def review_page(desk: Desk, request: Request) -> Response:
    """Return a part of the page of a review."""
    return page_file(request.path_params.get("name", "index.html"), review_files())


def _event(desk: Desk, request: Request) -> Event:
    return desk.event_library.event(request.path_params["event"])


def _media_type(path: Path) -> str:
    found = MEDIA_TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    return found or "application/octet-stream"


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/api/state", state),
    ("POST", "/api/quit", quit_desk),
    ("GET", "/api/choices", choices),
    ("GET", "/api/browse", browse),
    ("GET", "/api/search", search),
    ("GET", "/api/models", machine_routes.models),
    ("POST", "/api/models", machine_routes.fetch),
    ("POST", "/api/models/stop", machine_routes.stop),
    ("GET", "/api/diagnosis", machine_routes.diagnosis),
    ("GET", "/api/reels", reels),
    ("POST", "/api/reels", add_reel),
    ("POST", "/api/reels/stop", stop_reel),
    ("GET", "/reels/{name}", reel),
    ("POST", "/api/uploads", begin_upload),
    ("PUT", "/api/uploads/{upload}/{offset}", add_piece),
    ("DELETE", "/api/uploads/{upload}", stop_upload),
    ("POST", "/api/events", add),
    ("POST", "/api/example", add_the_example),
    ("POST", "/api/restore", restore),
    ("GET", "/api/events/{event}", event),
    ("POST", "/api/events/{event}/remove", remove),
    ("GET", "/api/events/{event}/text", text),
    ("PUT", "/api/events/{event}/text", correct),
    ("PUT", "/api/events/{event}/recording", relink),
    ("POST", "/api/events/{event}/align", align),
    ("GET", "/api/events/{event}/found", found),
    ("POST", "/api/events/{event}/stop", stop),
    ("POST", "/api/events/{event}/exports/{kind}", export),
    ("POST", "/api/events/{event}/preview", preview_clip),
    ("GET", "/api/events/{event}/captions", caption_routes.captions),
    ("POST", "/api/events/{event}/captions/files", caption_routes.refresh_files),
    ("POST", "/api/events/{event}/captions/{change}", caption_routes.change),
    ("GET", "/events/{event}/media", media),
    ("GET", "/events/{event}/sounds/{sound}", sound),
    ("GET", "/events/{event}/files/{name:path}", made_file),
    ("GET", "/events/{event}/preview/{name:path}", preview),
    ("GET", "/events/{event}/review", to_review),
    ("GET", "/events/{event}/review/", review_page),
    ("GET", "/events/{event}/review/{name}", review_page),
)
"""What is served: a method, a path after the key, and the function that answers."""
