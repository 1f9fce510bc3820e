"""The page of the desk is there before the libraries behind it are loaded, and waits for what they answer."""

import subprocess
import sys
import threading
from concurrent.futures import Future

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from asdelivered.app.desk.opening import Opening

HEAVY = ("av", "numpy", "rapidfuzz", "jsonschema_rs")


def test_the_page_waits_for_nothing_and_the_rest_is_answered_once_it_is_loaded() -> None:
    loading: Future[ASGIApp] = Future()
    page = TestClient(Opening(loading))
    assert "<!doctype html>" in page.get("/").text
    assert page.get("/main.js").headers["content-type"].startswith("text/javascript")
    assert page.get("/base.css").status_code == 200
    app = Starlette(routes=[Route("/api/state", lambda _: PlainTextResponse("loaded"))])
    threading.Timer(0.05, loading.set_result, [app]).start()
    assert page.get("/api/state").text == "loaded"
    assert page.get("/opening.py").status_code == 404


def test_what_serves_the_page_loads_no_large_library() -> None:
    asked = f"import sys, asdelivered.app.desk.serve; print([one for one in {HEAVY} if one in sys.modules])"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
