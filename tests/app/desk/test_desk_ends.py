"""The desk without a terminal: started twice, quit, left alone, woken up; nothing that was typed or done is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from asdelivered.app.desk.event_file import Stage, read_notes
from asdelivered.app.desk.open_desks import usual_port
from asdelivered.base.local_port import free_port

from .conftest import COMMAND, DeskServer, alignment_held, waited_for
from .test_desk_page import LONG, at

FETCHES = """\
import sys, urllib.request
with urllib.request.urlopen(sys.argv[2], timeout=30) as answer:
    content = answer.read()
with open(sys.argv[1], "ab") as file:
    file.write(sys.argv[2].encode() + b"\\n" + content + b"\\n")
"""
"""A browser without a window: it notes what it was asked to open, and what came."""


@pytest.fixture
def browser(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """The environment in which programs open pages in that browser, and the file in which it notes them."""
    script, opened = tmp_path / "browser.py", tmp_path / "opened.txt"
    script.write_text(FETCHES, "utf-8")
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    return {"BROWSER": f"{sys.executable} {script} {opened} %s &", **state}, opened


def begin_to_align(server: DeskServer) -> str:
    """Begin to align the example, and return the key of the event."""
    _, event = server.ask("api/example", "POST")
    server.ask(f"api/events/{event['key']}/align", "POST")
    return str(event["key"])


def test_quit_ends_the_program(open_desk: Callable[..., DeskServer], tab: Any) -> None:
    server = open_desk()
    page = at(tab, server)
    page.click("#quit")
    page.wait_for_selector("#ended")
    assert server.ended() == 0
    assert page.locator("#quit").is_hidden()


def test_quitting_is_asked_about_while_something_runs(open_desk: Callable[..., DeskServer], tab: Any) -> None:
    server = open_desk()
    begin_to_align(server)
    with alignment_held(server):
        page = at(tab, server)
        page.click("#quit")
        page.wait_for_selector("#quitting[open]")
        page.keyboard.press("Enter")  # no, which has the focus
        page.wait_for_selector("#quitting", state="hidden")
        assert server.ask("api/state")[1]["work"]
        page.click("#quit")
    children = psutil.Process(server.process.pid).children(recursive=True)
    page.click("#quit-anyway")
    page.wait_for_selector("#ended")
    assert server.ended() == 0
    psutil.wait_procs(children, timeout=60)
    assert not [one for one in children if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    notes = read_notes(server.folder / "harbour")
    assert notes is not None
    assert notes.stage is Stage.STOPPED


def test_a_second_start_opens_the_window_of_the_first(
    open_desk: Callable[..., DeskServer], browser: tuple[dict[str, str], Path]
) -> None:
    environment, opened = browser
    server = open_desk(**environment)
    again = [COMMAND, "desk", server.folder, "--from-menu"]
    run = subprocess.run(
        again, env={**os.environ, **environment}, capture_output=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    waited_for(lambda: opened.is_file() and opened.stat().st_size)
    address, _, content = opened.read_text("utf-8").partition("\n")
    assert address == server.address
    assert 'id="quit"' in content
    assert server.process.poll() is None


def test_two_starts_at_once_lead_to_one_desk(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    command = [COMMAND, "desk", tmp_path / "library", "--no-browser", "--json", "--quiet"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    try:
        addresses = {json.loads(one.stdout.readline())["address"] for one in both if one.stdout}
        assert len(addresses) == 1
        waited_for(lambda: [one.poll() for one in both].count(0) == 1)
    finally:
        for one in both:
            one.terminate()
            one.communicate(timeout=30)


def test_why_it_can_not_open_is_shown_without_a_terminal(
    tmp_path: Path, browser: tuple[dict[str, str], Path]
) -> None:
    environment, opened = browser
    (tmp_path / "<library>").write_text("a file, not a folder", "utf-8")
    command = [COMMAND, "desk", tmp_path / "<library>", "--from-menu"]
    run = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 1
    waited_for(lambda: opened.is_file() and "</html>" in opened.read_text("utf-8"))
    content = opened.read_text("utf-8")
    assert "&lt;library&gt;" in content
    assert "<library>" not in content.partition("\n")[2]
    assert (
        "is a file, and the library of the desk is a folder: give a folder or nothing, and drop" in run.stderr
    )


def test_a_desk_that_can_not_be_loaded_ends_and_says_why(tmp_path: Path) -> None:
    (tmp_path / ".uploads").write_text("a file in the place of a folder")
    run = subprocess.run(
        [COMMAND, "desk", tmp_path, "--no-browser"], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 1
    assert ".uploads: File exists" in run.stderr


def test_a_shut_window_and_a_sleeping_machine_lose_nothing(
    open_desk: Callable[..., DeskServer], tab: Any
) -> None:
    server = open_desk()
    page = at(tab, server)
    key = begin_to_align(server)
    program = psutil.Process(server.process.pid)
    with alignment_held(server):
        page.evaluate("address => { location.hash = address; }", f"#/event/{key}/times")
        page.wait_for_selector("#stop")
        page.close()  # the window
        program.suspend()  # the lid
        time.sleep(2)
        program.resume()
    again = at(tab.context.new_page(), server, f"#/event/{key}/times")
    again.wait_for_selector("#open-review", timeout=LONG)
    assert (server.folder / "harbour" / "harbour.alignment.json").is_file()


def test_what_was_typed_is_there_after_the_program_was_killed(
    open_desk: Callable[..., DeskServer], tab: Any
) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    page = at(tab, server, "#/new")
    page.fill("#pasted", "Good morning, everyone!\nA text that took an hour.")
    page.evaluate("address => { location.hash = address; }", f"#/event/{event['key']}/text")
    page.wait_for_selector("#speakers")
    page.locator("#speakers input").first.fill("Anna R. Reed")
    page.select_option("#language", "fr")
    page.wait_for_selector("#machine-link:has-text('Cet')")
    page.goto("about:blank")
    server.stop(signal.SIGKILL)

    again = open_desk()
    page = at(tab, again, "#/new")
    assert page.input_value("#pasted") == "Good morning, everyone!\nA text that took an hour."
    page.evaluate("address => { location.hash = address; }", f"#/event/{event['key']}/text")
    page.wait_for_selector("#speakers")
    assert page.locator("#speakers input").first.input_value() == "Anna R. Reed"
    assert page.input_value("#language") == "fr"
    page.click("#correct")
    page.wait_for_selector("#notes .good")
    assert "Anna R. Reed" in (again.folder / "harbour" / "speakers.txt").read_text("utf-8")
    assert not page.evaluate("Object.keys(localStorage).filter((key) => key.includes('text'))")


def test_a_library_has_a_port_of_its_own_if_it_is_free(tmp_path: Path) -> None:
    ports = {usual_port(tmp_path / str(number)) for number in range(200)}
    assert all(49152 <= port <= 65535 for port in ports)
    assert len(ports) > 190
    wanted = usual_port(tmp_path)
    if free_port(wanted):
        import socket

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", wanted))
            taken.listen()
            assert free_port(wanted) == 0
