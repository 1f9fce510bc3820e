"""The command line: all commands, each of which has a module of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from asdelivered.app.commands.align import align
from asdelivered.app.commands.archive import archive
from asdelivered.app.commands.batch import batch
from asdelivered.app.commands.captions import captions
from asdelivered.app.commands.check import check
from asdelivered.app.commands.clip import clip
from asdelivered.app.commands.config import config
from asdelivered.app.commands.convert import convert
from asdelivered.app.commands.demo import demo
from asdelivered.app.commands.desk import desk
from asdelivered.app.commands.doctor import doctor
from asdelivered.app.commands.find import find
from asdelivered.app.commands.group import Commands
from asdelivered.app.commands.page import page
from asdelivered.app.commands.review import review
from asdelivered.app.commands.status import status
from asdelivered.app.commands.transcript import transcript
from asdelivered.base.system import end_like_ctrl_c, set_up_console

app = typer.Typer(
    cls=Commands,
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


app.command(epilog="Example: asdelivered align speech.txt speech.mp4 -o captions --jobs 2")(align)
app.command(
    epilog="Example: asdelivered captions captions/speech.alignment.json --style bbc --format srt,vtt,ttml -o captions"
)(captions)
app.command(epilog="Example: asdelivered check captions/speech.srt --style netflix --fix")(check)
app.command(epilog="Example: asdelivered convert speech.ttml speech.srt --shift -1.5")(convert)
app.command(epilog="Example: asdelivered transcript speech.html --speakers speakers.txt")(transcript)
app.command(epilog='Example: asdelivered find "a wartime mindset" captions/speech.alignment.json')(find)
app.command(
    epilog='Example: asdelivered clip captions/speech.alignment.json --quote "a new mindset" --to cuts.edl --render out'
)(clip)
app.command(epilog="Example: asdelivered batch events.csv -o captions --jobs 2")(batch)
app.command(epilog="Example: asdelivered desk events")(desk)
app.command(epilog="Example: asdelivered review captions/speech.alignment.json")(review)
app.command(epilog="Example: asdelivered page captions/speech.alignment.json -o talk.html")(page)
app.command(epilog="Example: asdelivered status captions")(status)
app.add_typer(archive, name="archive")
app.command(epilog="Example: asdelivered demo -o example")(demo)
app.command(epilog="Example: asdelivered doctor --json")(doctor)
app.command(epilog="Example: asdelivered config")(config)


def main() -> None:
    """Run the command line. SIGTERM (`timeout`, `docker stop`) stops it as cleanly as Ctrl-C."""
    end_like_ctrl_c()
    set_up_console()
    app(prog_name="asdelivered")


if __name__ == "__main__":
    main()
