"""A page's server ends at once, whatever is still being answered, and says nothing of it."""

import signal
import subprocess
import sys
import threading
import urllib.request
from contextlib import suppress

SERVE = """
import anyio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from asdelivered.base.local_server import serve_locally

async def slow(request):
    print("asked", flush=True)
    await anyio.sleep(60)
    return PlainTextResponse("done")

serve_locally(Starlette(routes=[Route("/slow", slow)]), 0, lambda address: print(address, flush=True), "")
"""


def test_ctrl_c_breaks_off_an_answer_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()

        def ask() -> None:
            with suppress(OSError):
                urllib.request.urlopen(f"{address}slow", timeout=60).close()

        asking = threading.Thread(target=ask)
        asking.start()
        assert server.stdout.readline() == "asked\n"
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=30)
        asking.join()
    assert told == ""
    assert server.returncode == 0
