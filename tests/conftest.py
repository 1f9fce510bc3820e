"""Where the tests find the evaluation corpus."""

import os
import signal
from pathlib import Path

import pytest

# A shell that runs the tests in the background has them ignore Ctrl-C, and so all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What the suite hears is not for the user's cache, and what that has is not for the suite.
os.environ["ASDELIVERED_ALIGN_CACHE"] = "0"

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of recordings with exact truth; without it the test is skipped, and says so."""
    folder = Path(os.environ.get("ASDELIVERED_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"the evaluation corpus is not at {folder}: set ASDELIVERED_CORPUS to its folder")
    return folder


@pytest.fixture(scope="session")
def seed_page(corpus: Path) -> Path:
    """The page of a real event, which the corpus' events were made from."""
    page = corpus.parent / "seed" / "nato-2024-12-12-as-delivered.txt"
    if not page.is_file():
        pytest.skip(f"the page of the event is not at {page}")
    return page
