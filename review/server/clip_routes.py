"""The part of the API for quotes and clips: found, cited, listed, rendered."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from asdelivered.base.counting import counted
from asdelivered.media.cutlists import FORMATS
from asdelivered.review.background import Job
from asdelivered.review.clip_list import cut_list, with_times
from asdelivered.review.edits import EditError
from asdelivered.review.remarks import Remark
from asdelivered.review.review import Review
from asdelivered.review.server.http import (
    as_json,
    attachment,
    body_of,
    field,
    number_in,
    number_in_path,
    selection_in,
)
from asdelivered.review.tasks import Rendered, render_clips
from asdelivered.subtitles.style_file import named_style

LONGEST_QUOTE = 4000
"""Characters."""


async def find(review: Review, request: Request) -> Response:
    """Find a quote."""
    text = request.query_params.get("q", "")[:LONGEST_QUOTE]
    limit = min(100, max(1, number_in(request, "limit", 10)))
    hits = await run_in_threadpool(review.quotes.find, await review.indexed(), text, limit)
    return as_json({"quote": text, "hits": hits})


async def quote(review: Review, request: Request) -> Response:
    """Return selected words as a quote: times, link, citation."""
    selected = selection_in(field(await body_of(request), "words", list))
    first, last = review.session.word_numbers(selected)
    return as_json(review.quotes.selected(await review.indexed(), first, last))


async def clips(review: Review, request: Request) -> Response:
    """Return the clip list, cut in the pauses, and the formats to download it in."""
    return as_json(
        {
            "version": review.session.clips_version,
            "clips": [one.to_json(review.refused) for one in await review.clips()],
            "formats": [[known.ending, known.name] for known in FORMATS],
        }
    )


async def set_clips(review: Review, request: Request) -> Response:
    """Replace the clip list. Words that are new to it must have been spoken.

    A list that was made from another version than the present one, or that doesn't say from which, is refused: it would
    undo what was done since.
    """
    body = await body_of(request)
    wanted = tuple(selection_in(words) for words in field(body, "clips", list))
    if "version" not in body:
        reason = "say from which version of the clip list this one was made: GET api/clips has it"
        return JSONResponse({"error": reason, "version": review.session.clips_version}, 428)
    seen = field(body, "version", int)
    indexed = await review.indexed()
    since, session = review.session.version, review.session
    if seen != session.clips_version:
        reason = "the clip list was changed elsewhere, such as in another tab: read it again"
        return JSONResponse({"error": reason, "version": session.clips_version}, 409)
    for words in wanted:
        first, last = session.word_numbers(words)
        if words not in session.clips and all(word.span is None for word in indexed.words[first:last]):
            raise EditError(
                "none of these words was spoken in the recording, so there can be no clip of them"
            )
    review.note_change(session.set_clips(wanted))
    return as_json(review.state_since(since))


async def clip_list(review: Review, request: Request) -> Response:
    """Return the clip list as a file for an editor or a player."""
    ending = request.query_params.get("format", ".edl")
    known = next((one for one in FORMATS if one.ending == ending), None)
    if known is None:
        raise HTTPException(404, f"there is no format {ending!r} of cut-lists")
    stem = review.folder.name.removesuffix(".clips")
    cuts = cut_list(review.alignment, review.source, await review.clips(), stem, review.refused)
    return attachment(await run_in_threadpool(known.write, cuts), f"{stem}{ending}")


async def render(review: Review, request: Request) -> Response:
    """Begin to render the clips as media files, with captions beside them: all of the list, or one of them."""
    body = await body_of(request)
    style = field(body, "style", str) if "style" in body else "netflix"
    named_style(style)
    selected = await review.clips()
    if "words" in body:
        wanted = selection_in(field(body, "words", list))
        selected = tuple(one for one in selected if one.words == wanted)[:1]
        if not selected:
            raise EditError("these words are not in the clip list: add them first")
    made = with_times(selected)

    def take(rendered: Rendered) -> None:
        review.rendered = rendered.files
        review.refused = (review.refused - {*made}) | {*rendered.refused}
        count, left = rendered.clips, len(selected) - len(made)
        sentences = [f"{counted(count, 'clip is', 'clips are')} in {review.folder.name}."]
        if left:
            sentences.append(f"{left} without a time {'was' if left == 1 else 'were'} left out.")
        values: dict[str, str | float] = {"count": count, "folder": review.folder.name, "left": left}
        if count:
            review.show_message(
                Remark(" ".join(sentences), "told_clips_but" if left else "told_clips", values)
            )
        if rendered.failures:
            review.show_message(Remark("\n".join(rendered.failures)))

    arguments = (review.alignment, review.source.path, made, review.folder, style)
    review.start_work(Job("render", render_clips, arguments), take)
    return as_json(review.state_since(review.session.version))


async def rendered(review: Review, request: Request) -> Response:
    """Return a file of the rendered clips, by its number."""
    number = number_in_path(request, "number")
    if number >= len(review.rendered) or not review.rendered[number].is_file():
        raise HTTPException(404, "there is no such file")
    path = review.rendered[number]
    return FileResponse(path, filename=path.name)
