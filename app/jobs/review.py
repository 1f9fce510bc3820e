"""A review of an alignment, served on this machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from asdelivered.app.jobs.status import refresh
from asdelivered.base.processes import cores
from asdelivered.media.links import check_address
from asdelivered.review.review import Review
from asdelivered.review.serve import serve


@dataclass(frozen=True)
class ReviewRequest:
    """The alignment, and the port; 0 takes a free one.

    `recording` is the recording's path if it was moved, `url` its web address. `jobs` is the number of worker
    processes, None for one per core. `former` is a journal that was put aside, whose edits are taken up.
    """

    alignment: Path
    port: int = 0
    recording: Path | None = None
    url: str | None = None
    jobs: int | None = None
    former: Path | None = None


def serve_review(request: ReviewRequest, noted: Callable[[str], None], ready: Callable[[str], None]) -> None:
    """Serve the review's page until it is stopped; `noted` gets notes for the user, `ready` the page's address.

    Raises ReviewError, AlignError, MediaError, or UsageError where `url` is not an address.
    """
    if request.url is not None:
        check_address(request.url)
    jobs = request.jobs or cores()
    review = Review(request.alignment, request.recording, request.url, jobs, request.former, refresh)
    with closing(review):
        for note in review.notes:
            noted(note)
        serve(review, request.port, ready)
