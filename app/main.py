"""The command line: the list of all commands, each of which has a module of its own."""

from __future__ import annotations

import atexit
import gc
from typing import Annotated

import typer

from asdelivered.app.commands.group import Program
from asdelivered.app.listing import Listed
from asdelivered.base.system import set_up_console, stop_on_signals

COMMANDS = (
    Listed(
        "align",
        "Align a transcript with its recording.",
        "Example: asdelivered align speech.txt speech.mp4 -o captions --jobs 2",
    ),
    Listed(
        "captions",
        "Make captions from an alignment.",
        "Example: asdelivered captions captions/speech.alignment.json --style bbc --format srt,vtt,ttml -o captions",
    ),
    Listed(
        "check",
        "Check captions against a style.",
        "Example: asdelivered check captions/speech.srt --style netflix --fix",
    ),
    Listed(
        "convert", "Convert captions.", "Example: asdelivered convert speech.ttml speech.srt --shift -1.5"
    ),
    Listed(
        "transcript",
        "Show how a transcript is read.",
        "Example: asdelivered transcript speech.html --speakers speakers.txt",
    ),
    Listed(
        "find",
        "Find a quote.",
        'Example: asdelivered find "a wartime mindset" captions/speech.alignment.json',
    ),
    Listed(
        "clip",
        "Make clips of quotes.",
        'Example: asdelivered clip captions/speech.alignment.json --quote "a new mindset" --to cuts.edl --render out',
    ),
    Listed("batch", "Align many events.", "Example: asdelivered batch events.csv -o captions --jobs 2"),
    Listed(
        "desk",
        "Open the desk: everything in the browser, without a terminal.",
        "Example: asdelivered desk events",
    ),
    Listed(
        "review",
        "Review an alignment in the browser.",
        "Example: asdelivered review captions/speech.alignment.json",
    ),
    Listed(
        "page",
        "Write a page to publish: transcript and recording together, in one HTML file.",
        "Example: asdelivered page captions/speech.alignment.json -o talk.html",
    ),
    Listed("status", "Show which files are up to date.", "Example: asdelivered status captions"),
    Listed("demo", "Align the bundled example.", "Example: asdelivered demo -o example"),
    Listed("doctor", "Check the installation.", "Example: asdelivered doctor --json"),
    Listed("config", "Show the settings.", "Example: asdelivered config"),
    Listed("archive", "Keep many events in one file, and find a quote in all of them."),
)


class Asdelivered(Program):
    """The program, with all its commands."""

    listed = COMMANDS


_OBJECTS_MADE = 100_000
"""How many more objects are made than freed before Python looks for cycles among them. A text, a tagger's model and
captions are many that stay: with Python's 700 it goes through them again and again, a fifteenth of the time of a short
command."""

app = typer.Typer(
    cls=Asdelivered,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"asdelivered {version('asdelivered')}")
        raise typer.Exit


@app.callback(
    epilog="New here? asdelivered desk opens a page in the browser; asdelivered demo aligns an example here."
)
def _asdelivered(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Align an event's official transcript with its recording: captions, quotes, clips."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS_MADE)
    # Nor is it worth while to look for them where all ends: the system takes everything back.
    atexit.register(gc.freeze)
    stop_on_signals()
    set_up_console()
    app(prog_name="asdelivered")


if __name__ == "__main__":
    main()
