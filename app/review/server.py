"""The review page's server: its routes, on 127.0.0.1 alone. docs/review.md tells how scripts use the same API."""

from __future__ import annotations

import functools
import importlib.resources
import json
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from asdelivered.align.document_json import to_json
from asdelivered.align.errors import AlignError
from asdelivered.app.clip_plan import clip_to_json
from asdelivered.app.errors import AppError
from asdelivered.app.review.captions import captions_at
from asdelivered.app.review.changes import Words, words_from_json, words_to_json
from asdelivered.app.review.edits import EditError
from asdelivered.app.review.peaks import BUCKET_MS
from asdelivered.app.review.quotes import cut_list, cut_selections
from asdelivered.app.review.review import Review
from asdelivered.app.review.session import review_file
from asdelivered.app.review.tasks import render_clips
from asdelivered.app.review.wire import cue_to_wire, queue_to_wire
from asdelivered.media.cutlists import FORMATS
from asdelivered.media.errors import MediaError
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.style_file import named_style, style_names
from asdelivered.subtitles.write import write_captions

PAGE = importlib.resources.files("asdelivered.app.review") / "page"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
MEDIA_TYPES = {".opus": "audio/ogg", ".m4a": "audio/mp4", ".mkv": "video/webm", ".mka": "audio/webm"}
"""Those that Python does not know, or browsers by another name."""
MOST_PEAKS = 1 << 16
LONGEST_QUOTE = 4000
"""Characters."""

Handler = Callable[[Review, Request], Awaitable[Response]]
T = TypeVar("T")


def make_app(review: Review) -> Starlette:
    """Return the application that serves a review. Who may ask it is the Guard's to say."""

    def served(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        @functools.wraps(handler)
        async def answer(request: Request) -> Response:
            try:
                return await handler(review, request)
            except (AppError, AlignError, MediaError, SubtitleError) as error:
                return JSONResponse({"error": str(error)}, 409)

        return answer

    return Starlette(
        routes=[Route(path, served(handler), methods=[method]) for method, path, handler in ROUTES],
        exception_handlers={HTTPException: _told},
    )


async def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


async def page(review: Review, request: Request) -> Response:
    """The page and its parts: the files of one folder, by name."""
    name = request.path_params.get("name", "index.html")
    files = {file.name: file for file in PAGE.iterdir()}
    ending = Path(name).suffix
    if name not in files or ending not in TYPES:
        raise HTTPException(404, "there is no such page")
    return _fresh(Response(files[name].read_bytes(), media_type=TYPES[ending]))


async def openapi(review: Review, request: Request) -> Response:
    """What this API offers, as OpenAPI."""
    text = importlib.resources.files("asdelivered.app.review").joinpath("openapi.json").read_text("utf-8")
    return _fresh(Response(text, media_type="application/json"))


async def media(review: Review, request: Request) -> Response:
    """The recording, or the range of it that is asked for."""
    path = review.source.path
    kind = MEDIA_TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    return FileResponse(path, media_type=kind or "application/octet-stream")


async def alignment(review: Review, request: Request) -> Response:
    """The alignment as it is now, as the document that `asdelivered align` writes."""
    return _json(to_json(review.alignment))


async def lines(review: Review, request: Request) -> Response:
    """All that the page begins with."""
    return _json(review.whole())


async def state(review: Review, request: Request) -> Response:
    """The state, and what changed after the version `since`."""
    return _json(review.told(_number(request, "since", review.session.version)))


async def queue(review: Review, request: Request) -> Response:
    """The lines that are worth a look, the most doubtful first."""
    return _json({"lines": queue_to_wire(review.session)})


async def edit(review: Review, request: Request) -> Response:
    """One edit of a line; it is on the disk when this is answered."""
    since, session = review.session.version, review.session
    line, kind = request.path_params["line"], request.path_params["edit"]
    body = await _body(request)
    if kind == "move":
        changed = session.move(line, _of(body, "start", int), _of(body, "end", int))
    elif kind == "accept":
        changed = session.accept(line)
    elif kind == "unspoken":
        changed = session.mark_unspoken(line)
    elif kind == "clear":
        changed = session.clear(line)
    else:
        raise HTTPException(404, "the edits are move, accept, unspoken and clear")
    review.changed(changed)
    return _json(review.told(since))


async def undo(review: Review, request: Request) -> Response:
    """Take the last edit back."""
    since = review.session.version
    review.changed(review.session.undo())
    return _json(review.told(since))


async def redo(review: Review, request: Request) -> Response:
    """Do again what was taken back last."""
    since = review.session.version
    review.changed(review.session.redo())
    return _json(review.told(since))


async def save(review: Review, request: Request) -> Response:
    """Write the alignment and its pins, and the captions beside it if that is asked for."""
    body = await _body(request)
    written = [*review.session.save()]
    if body.get("captions"):
        style = named_style(_of(body, "style", str) if "style" in body else "netflix")
        made = review.alignment
        shown = await run_in_threadpool(cues, made, style)
        captions = Captions(shown, made.transcript.language, made.transcript.title or "", made)
        for ending in ("srt", "vtt"):
            path = review_file(written[0], f".{ending}")
            await run_in_threadpool(write_captions, captions, path, ending)
            written.append(path)
    return _json({"files": [path.name for path in written]})


async def styles(review: Review, request: Request) -> Response:
    """The styles of captions that there are."""
    return _json({"styles": [[name, named_style(name).title] for name in style_names()]})


async def captions(review: Review, request: Request) -> Response:
    """The captions around a moment, as they would air."""
    style = named_style(request.query_params.get("style", "netflix"))
    span, made = await run_in_threadpool(captions_at, review.alignment, style, _number(request, "at", 0))
    return _json({"start": span.start, "end": span.end, "cues": [cue_to_wire(cue) for cue in made]})


async def find(review: Review, request: Request) -> Response:
    """Where a quote stands."""
    text = request.query_params.get("q", "")[:LONGEST_QUOTE]
    limit = min(100, max(1, _number(request, "limit", 10)))
    hits = await run_in_threadpool(review.quotes.find, review.indexed(), text, limit)
    return _json({"quote": text, "hits": hits})


async def quote(review: Review, request: Request) -> Response:
    """Selected words as a quote: link, citation, times."""
    selected = _words(_of(await _body(request), "words", list))
    first, last = review.session.word_numbers(selected)
    return _json(review.quotes.selected(review.indexed(), first, last))


async def clips(review: Review, request: Request) -> Response:
    """The clip list, each cut in the pauses around it, and the formats it can be had in."""
    made = await _cut(review)
    return _json(
        {
            "clips": [
                {**clip_to_json(one.clip), "notes": list(one.clip.notes), "words": words_to_json(words)}
                for one, words in zip(made, review.session.clips, strict=True)
            ],
            "formats": [[known.ending, known.name] for known in FORMATS],
        }
    )


async def set_clips(review: Review, request: Request) -> Response:
    """Make another list of clips the clip list."""
    since = review.session.version
    wanted = tuple(_words(words) for words in _of(await _body(request), "clips", list))
    for words in wanted:
        first, last = review.session.word_numbers(words)
        if all(word.span is None for word in review.indexed().words[first:last]):
            raise EditError("none of these words was spoken in the recording, so they are no clip")
    review.changed(review.session.set_clips(wanted))
    return _json(review.told(since))


async def clip_list(review: Review, request: Request) -> Response:
    """The clip list as a file for an editor or a player."""
    ending = request.query_params.get("format", ".edl")
    known = next((one for one in FORMATS if one.ending == ending), None)
    if known is None:
        raise HTTPException(404, f"there is no format {ending!r} of cut-lists")
    stem = review.folder.name.removesuffix(".clips")
    made = await _cut(review)
    if not made:
        raise AppError("the clip list is empty: select some words and add them first")
    data = known.write(cut_list(review.alignment, review.source, made, stem))
    return _attachment(data, f"{stem}{ending}")


async def render(review: Review, request: Request) -> Response:
    """Begin to make the clips as media files, with captions beside them."""
    body = await _body(request)
    style = _of(body, "style", str) if "style" in body else "netflix"
    named_style(style)
    made = tuple(one.clip for one in await _cut(review))
    if not made:
        raise AppError("the clip list is empty: select some words and add them first")

    def take(files: tuple[Path, ...]) -> None:
        review.rendered = files
        review.say(f"{len(made)} clips are in the folder {review.folder.name}.")

    review.start(
        "render", render_clips, (review.alignment, review.source.path, made, review.folder, style), take
    )
    return _json(review.told(review.session.version))


async def rendered(review: Review, request: Request) -> Response:
    """A file of the clips that were rendered, by its number."""
    number = request.path_params["number"]
    if number >= len(review.rendered) or not review.rendered[number].is_file():
        raise HTTPException(404, "there is no such file")
    path = review.rendered[number]
    return FileResponse(path, filename=path.name)


async def align(review: Review, request: Request) -> Response:
    """Begin to align again between the pins."""
    review.align_again()
    return _json(review.told(review.session.version))


async def stop(review: Review, request: Request) -> Response:
    """Stop the work that goes on."""
    review.work.stop()
    return _json(review.told(review.session.version))


async def peaks(review: Review, request: Request) -> Response:
    """Peaks of one resolution: two signed bytes a bucket, the lowest and the highest sample."""
    level = request.path_params["level"]
    if level >= len(BUCKET_MS):
        raise HTTPException(404, f"the resolutions are 0 to {len(BUCKET_MS) - 1}")
    start, count = max(0, _number(request, "start", 0)), _number(request, "count", 4096)
    data = review.peaks.read(level, min(start, 1 << 40), min(MOST_PEAKS, max(0, count)))
    return _fresh(Response(data, media_type="application/octet-stream"))


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
    ("GET", "/api/find", find),
    ("POST", "/api/quote", quote),
    ("GET", "/api/clips", clips),
    ("PUT", "/api/clips", set_clips),
    ("GET", "/api/clips/list", clip_list),
    ("POST", "/api/clips/render", render),
    ("GET", "/api/clips/files/{number:int}", rendered),
    ("POST", "/api/align", align),
    ("POST", "/api/stop", stop),
    ("GET", "/api/peaks/{level:int}", peaks),
    ("GET", "/{name}", page),
)
"""What is served: a method, a path behind the token, and what answers."""


async def _cut(review: Review) -> Any:
    selections = [review.session.word_numbers(words) for words in review.session.clips]
    return await run_in_threadpool(cut_selections, review.indexed(), review.source, selections)


async def _body(request: Request) -> dict[str, Any]:
    content = await request.body()
    if not content:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "send JSON")
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "this is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "send a JSON object")
    return body


def _of(body: dict[str, Any], key: str, kind: type[T]) -> T:
    value = body.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise HTTPException(400, f"{key!r} is missing, or not what it should be")
    return value


def _words(data: Any) -> Words:
    try:
        return words_from_json(data)
    except (TypeError, ValueError) as error:
        raise HTTPException(400, "words are [first line, first word, last line, last word]") from error


def _number(request: Request, key: str, otherwise: int) -> int:
    text = request.query_params.get(key)
    if text is None:
        return otherwise
    try:
        if len(text) > 15:
            raise ValueError
        return int(text)
    except ValueError as error:
        raise HTTPException(400, f"{key} is to be a whole number") from error


def _json(data: dict[str, Any]) -> Response:
    return _fresh(JSONResponse(data))


def _fresh(response: Response) -> Response:
    response.headers["cache-control"] = "no-store"
    return response


def _attachment(data: bytes, name: str) -> Response:
    from urllib.parse import quote as quoted

    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quoted(name, safe='')}"}
    return _fresh(Response(data, media_type="application/octet-stream", headers=headers))
