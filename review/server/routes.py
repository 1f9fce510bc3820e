"""The routes of the review page's server. Scripts can use the same API: docs/review.md says how."""

from __future__ import annotations

import functools
import mimetypes
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from asdelivered.align.document.alignment_json import to_json
from asdelivered.archive.publishing.pages import QUOTE, asset
from asdelivered.base.delivery import Origin, put
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan
from asdelivered.review.captions import captions_at
from asdelivered.review.own_words import note_words
from asdelivered.review.page_json import cue_for_page, own_words_for_page, queue_for_page
from asdelivered.review.peaks import BUCKET_MS
from asdelivered.review.review import Review
from asdelivered.review.server import clip_routes
from asdelivered.review.server.http import as_json, body_of, field, number_in, number_in_path
from asdelivered.review.server.openapi import openapi_document
from asdelivered.review.server.operations import MOST_PEAKS, OPERATIONS, SCHEMAS
from asdelivered.review.server.page_files import PAGE, Files, fresh, page_file
from asdelivered.review.session import review_file
from asdelivered.subtitles.cues import PLAYER, Labels, captions_of
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_in, with_edits
from asdelivered.subtitles.style_file import named_style, style_names
from asdelivered.subtitles.write import captions_file

MEDIA_TYPES = {".opus": "audio/ogg", ".m4a": "audio/mp4", ".mkv": "video/webm", ".mka": "audio/webm"}
"""Types that Python doesn't know, or that browsers know by another name."""

SEEN = "x-review"
"""The header in which a page says which review it shows."""
OTHER = "this page shows a review that was closed: load it anew"

Handler = Callable[[Review, Request], Awaitable[Response]]


def make_app(review: Review) -> Starlette:
    """Return the application that serves a review. It answers everyone: the Guard in front of it controls access."""

    def served(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @functools.wraps(handler)
        async def answer(request: Request) -> Response:
            if request.headers.get(SEEN, review.opened) != review.opened:
                return JSONResponse({"error": OTHER, "opened": review.opened}, 409)
            try:
                return await handler(review, request)
            except AsdeliveredError as error:
                return JSONResponse({"error": str(error)}, 409)
            except OSError as error:
                return JSONResponse(
                    {"error": f"{error.filename or 'a file'}: {error.strerror or error}"}, 409
                )

        return answer

    return Starlette(
        routes=[Route(path, served(handler), methods=[method]) for method, path, handler in ROUTES],
        exception_handlers={HTTPException: _error_answer},
    )


async def _error_answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


async def page(review: Review, request: Request) -> Response:
    """Return a part of the page by name."""
    return page_file(request.path_params.get("name", "index.html"), review_files())


def review_files() -> Files:
    """Return the files of the page, which no review need be open for: a folder, and the script of quotes that published
    pages have.
    """
    return {file.name: file.read_bytes for file in PAGE.iterdir()} | {QUOTE: functools.partial(asset, QUOTE)}


async def openapi(review: Review, request: Request) -> Response:
    """Return the description of this API."""
    return as_json(openapi_document(((method, path) for method, path, _ in ROUTES), OPERATIONS, SCHEMAS))


async def media(review: Review, request: Request) -> Response:
    """Return the recording, or the requested range of it; of several sounds, with the one that was aligned."""
    path = await run_in_threadpool(review.media_file)
    if not path.is_file():  # it was moved, or its disk is not there any more
        raise HTTPException(404, "the recording is not where it was")
    kind = MEDIA_TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    return FileResponse(path, media_type=kind or "application/octet-stream")


async def alignment(review: Review, request: Request) -> Response:
    """Return the alignment as it is now, as the document that `asdelivered align` writes."""
    return await run_in_threadpool(lambda: as_json(to_json(review.alignment)))


async def lines(review: Review, request: Request) -> Response:
    """Return all that the page needs to start."""
    return as_json(review.page_data())


async def state(review: Review, request: Request) -> Response:
    """Return the state, and what changed after the version `since`."""
    return as_json(review.state_since(number_in(request, "since", review.session.version)))


async def queue(review: Review, request: Request) -> Response:
    """Return the lines worth checking, the most doubtful first."""
    return as_json({"lines": queue_for_page(review.session)})


async def edit(review: Review, request: Request) -> Response:
    """Edit a line; the answer comes when the edit is on the disk."""
    since, session = review.session.version, review.session
    line, kind = request.path_params["line"], request.path_params["edit"]
    body = await body_of(request)
    if kind == "move":
        changed = session.move(line, field(body, "start", int), field(body, "end", int))
    elif kind == "accept":
        changed = session.accept(line)
    elif kind == "unspoken":
        changed = session.mark_unspoken(line)
    elif kind == "clear":
        changed = session.clear(line)
    else:
        raise HTTPException(404, "the edits are move, accept, unspoken and clear")
    review.note_change(changed)
    return as_json(review.state_since(since))


async def undo(review: Review, request: Request) -> Response:
    """Undo the last edit."""
    since = review.session.version
    review.note_change(review.session.undo())
    return as_json(review.state_since(since))


async def redo(review: Review, request: Request) -> Response:
    """Redo the edit that was undone last."""
    since = review.session.version
    review.note_change(review.session.redo())
    return as_json(review.state_since(since))


async def save(review: Review, request: Request) -> Response:
    """Write the alignment and its pins, and the captions too if the request asks for them."""
    body = await body_of(request)
    written = [*await review.save()]
    if body.get("captions"):
        style = named_style(field(body, "style", str) if "style" in body else "netflix")
        edits = edits_in(style.name, edits_beside(written[0]))
        captions = await run_in_threadpool(captions_of, review.alignment, style, PLAYER, Labels.NONE, edits)
        source = {path: sha256_of(path) for path in with_edits(written[0])}
        for ending in ("srt", "vtt"):
            path = review_file(written[0], f".{ending}")
            command = ("captions", written[0].name, "--style", style.name, "--format", ending)
            put(path, captions_file(captions, ending, path), Origin(source, command))
            written = [*dict.fromkeys((*written, path))]
    return as_json({"files": [path.name for path in written]})


async def styles(review: Review, request: Request) -> Response:
    """Return the caption styles, by the titles that they have for captions in the language of the alignment."""
    language = review.alignment.transcript.language
    return as_json(
        {"styles": [[name, named_style(name).in_language(language).title] for name in style_names()]}
    )


async def captions(review: Review, request: Request) -> Response:
    """Return the captions around a moment, as they would air."""
    style = named_style(request.query_params.get("style", "netflix"))
    moment = number_in(request, "at", 0)
    edits = edits_in(style.name, await run_in_threadpool(edits_beside, review.session.path))
    part = await run_in_threadpool(captions_at, review.alignment, style, moment, edits)
    return as_json(
        {
            "start": part.span.start,
            "end": part.span.end,
            "cues": [cue_for_page(cue) for cue in part.cues],
        }
    )


async def own_words(review: Review, request: Request) -> Response:
    """Note what a person wrote for speech that the text lacks, or that it is to be ignored."""
    body = await body_of(request)
    start, end = field(body, "start", int), field(body, "end", int)
    if not 0 <= start < end:
        raise HTTPException(400, "a stretch ends after it begins")
    text = field(body, "text", str) if body.get("text") is not None else None
    noted = await run_in_threadpool(note_words, review.session.path, TimeSpan(start, end), text)
    return as_json({"own_words": own_words_for_page(noted)})


async def align(review: Review, request: Request) -> Response:
    """Begin to align again between the pins."""
    review.start_realignment()
    return as_json(review.state_since(review.session.version))


async def stop(review: Review, request: Request) -> Response:
    """Stop the work in progress."""
    review.work.stop()
    return as_json(review.state_since(review.session.version))


async def peaks(review: Review, request: Request) -> Response:
    """Return peaks of one resolution: two signed bytes per bucket, the lowest and the highest sample."""
    level = number_in_path(request, "level")
    if level >= len(BUCKET_MS):
        raise HTTPException(404, f"the resolutions are 0 to {len(BUCKET_MS) - 1}")
    start, count = max(0, number_in(request, "start", 0)), number_in(request, "count", 4096)
    data = review.peaks.read(level, min(start, 1 << 40), min(MOST_PEAKS, max(0, count)))
    return fresh(Response(data, media_type="application/octet-stream"))


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", page),
    ("GET", "/openapi.json", openapi),
    ("GET", "/media", media),
    ("GET", "/api/alignment", alignment),
    ("GET", "/api/lines", lines),
    ("GET", "/api/state", state),
    ("GET", "/api/queue", queue),
    ("POST", "/api/lines/{line}/{edit}", edit),
    ("POST", "/api/undo", undo),
    ("POST", "/api/redo", redo),
    ("POST", "/api/save", save),
    ("GET", "/api/styles", styles),
    ("GET", "/api/captions", captions),
    ("PUT", "/api/own-words", own_words),
    ("GET", "/api/find", clip_routes.find),
    ("POST", "/api/quote", clip_routes.quote),
    ("GET", "/api/clips", clip_routes.clips),
    ("PUT", "/api/clips", clip_routes.set_clips),
    ("GET", "/api/clips/list", clip_routes.clip_list),
    ("POST", "/api/clips/render", clip_routes.render),
    ("GET", "/api/clips/files/{number}", clip_routes.rendered),
    ("POST", "/api/align", align),
    ("POST", "/api/stop", stop),
    ("GET", "/api/peaks/{level}", peaks),
    ("GET", "/{name}", page),
)
"""What is served: a method, a path after the token, and the function that answers."""
