"""What a newcomer may want to do next: shown once, to a person at a terminal."""

from __future__ import annotations

import sys

from asdelivered.app.console.text import print_message


def suggest(name: str, hint: str) -> None:
    """Print `hint` on stderr if that is a terminal and the hint called `name` has not been shown before.

    A file in the user's state folder records it. Where that cannot be written, nothing is shown: a hint that comes
    every time is a nuisance.
    """
    from platformdirs import user_state_path

    if not sys.stderr.isatty():
        return
    shown = user_state_path("asdelivered", appauthor=False) / f"said-{name}"
    try:
        shown.parent.mkdir(parents=True, exist_ok=True)
        shown.touch(exist_ok=False)
    except OSError:
        return
    print_message(hint)
