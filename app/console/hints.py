"""What a newcomer may want to know next: said once, to a person at a terminal."""

from __future__ import annotations

from asdelivered.app.console.text import messages, plain


def suggest(name: str, hint: str) -> None:
    """Say `hint` on stderr, if it is a terminal, and this is the first time that the hint of that `name` is due.

    That it was said is kept in the user's folder for states; where nothing can be kept there, nothing is said.
    """
    from platformdirs import user_state_path

    console = messages()
    if not console.is_terminal:
        return
    said = user_state_path("asdelivered", appauthor=False) / f"said-{name}"
    try:
        said.parent.mkdir(parents=True, exist_ok=True)
        said.touch(exist_ok=False)
    except (
        OSError
    ):  # said before, or a home that can't be written to: a hint that comes each time is a nuisance
        return
    console.print(plain(hint))
