"""The part of the API that makes quotes, cut-lists and files of selected words."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from asdelivered.media.cutlists import FORMATS
from asdelivered.review.clips import cut_list, with_times
from asdelivered.review.edits import EditError
from asdelivered.review.exchange import as_json, attachment, body_of, field, number_in, words_in
from asdelivered.review.review import Review
from asdelivered.review.tasks import Rendered, render_clips
from asdelivered.subtitles.style_file import named_style

LONGEST_QUOTE = 4000
"""Characters."""


async def find(review: Review, request: Request) -> Response:
    """Where a quote stands."""
    text = request.query_params.get("q", "")[:LONGEST_QUOTE]
    limit = min(100, max(1, number_in(request, "limit", 10)))
    hits = await run_in_threadpool(review.quotes.find, await review.indexed(), text, limit)
    return as_json({"quote": text, "hits": hits})


async def quote(review: Review, request: Request) -> Response:
    """Selected words as a quote: link, citation, times."""
    selected = words_in(field(await body_of(request), "words", list))
    first, last = review.session.word_numbers(selected)
    return as_json(review.quotes.selected(await review.indexed(), first, last))


async def clips(review: Review, request: Request) -> Response:
    """The clip list, each cut in the pauses around it, and the formats it can be had in."""
    return as_json(
        {
            "clips": [one.to_json() for one in await review.clips()],
            "formats": [[known.ending, known.name] for known in FORMATS],
        }
    )


async def set_clips(review: Review, request: Request) -> Response:
    """Make another list of clips the clip list. Those that are new to it must have been spoken."""
    wanted = tuple(words_in(words) for words in field(await body_of(request), "clips", list))
    indexed = await review.indexed()
    since, session = review.session.version, review.session
    for words in wanted:
        first, last = session.word_numbers(words)
        if words not in session.clips and all(word.span is None for word in indexed.words[first:last]):
            raise EditError("none of these words was spoken in the recording, so they are no clip")
    review.changed(session.set_clips(wanted))
    return as_json(review.told(since))


async def clip_list(review: Review, request: Request) -> Response:
    """The clip list as a file for an editor or a player."""
    ending = request.query_params.get("format", ".edl")
    known = next((one for one in FORMATS if one.ending == ending), None)
    if known is None:
        raise HTTPException(404, f"there is no format {ending!r} of cut-lists")
    stem = review.folder.name.removesuffix(".clips")
    cuts = cut_list(review.alignment, review.source, await review.clips(), stem)
    return attachment(known.write(cuts), f"{stem}{ending}")


async def render(review: Review, request: Request) -> Response:
    """Begin to make the clips as media files, with captions beside them."""
    body = await body_of(request)
    style = field(body, "style", str) if "style" in body else "netflix"
    named_style(style)
    selected = await review.clips()
    made = with_times(selected)

    def take(rendered: Rendered) -> None:
        review.rendered = rendered.files
        told = [
            f"{rendered.clips} {'clip is' if rendered.clips == 1 else 'clips are'} in {review.folder.name}."
        ]
        if left := len(selected) - len(made):
            told.append(f"{left} without a time {'was' if left == 1 else 'were'} left out.")
        review.say(" ".join([*told, *rendered.failures]))

    arguments = (review.alignment, review.source.path, made, review.folder, style)
    review.start("render", render_clips, arguments, take)
    return as_json(review.told(review.session.version))


async def rendered(review: Review, request: Request) -> Response:
    """A file of the clips that were rendered, by its number."""
    number = request.path_params["number"]
    if number >= len(review.rendered) or not review.rendered[number].is_file():
        raise HTTPException(404, "there is no such file")
    path = review.rendered[number]
    return FileResponse(path, filename=path.name)
