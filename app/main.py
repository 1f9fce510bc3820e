"""The command line. Each command has a module of its own; this one puts them together, and tells errors."""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
import typer.core

from asdelivered.align.errors import AlignError
from asdelivered.app.align_command import align
from asdelivered.app.captions_command import captions
from asdelivered.app.check_command import check
from asdelivered.app.clip_command import clip
from asdelivered.app.demo import demo
from asdelivered.app.doctor import doctor
from asdelivered.app.errors import AppError, StoppedError
from asdelivered.app.find_command import find
from asdelivered.app.text import messages, plain
from asdelivered.app.transcript_command import transcript
from asdelivered.media.errors import MediaError
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.transcripts.errors import TranscriptError


class Commands(typer.core.TyperGroup):
    """The commands: what they raise becomes one sentence on stderr and an exit code, all in this place.

    An exception that is none of ours is a bug, and keeps its traceback.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        try:
            return super().invoke(ctx)
        except (TranscriptError, MediaError, AlignError, SubtitleError) as error:
            _tell(str(error), 1)
        except AppError as error:
            _tell(str(error), error.exit_code)
        except BrokenPipeError:
            raise  # the reader of our output has left; typer ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _tell(f"{where}{error.strerror or error}", 1)
        except KeyboardInterrupt:
            _tell("stopped", StoppedError.exit_code)


def _tell(message: str, exit_code: int) -> None:
    messages().print(plain(f"asdelivered: {message}"))
    raise typer.Exit(exit_code)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"asdelivered {version('asdelivered')}")
        raise typer.Exit


@app.callback(epilog="Example: asdelivered align speech.txt speech.mp4 -o captions")
def _asdelivered(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Put the official transcript of an event on the clock of its recording: captions, quotes, clips."""


app.command(epilog="Example: asdelivered align speech.txt speech.mp4 -o captions --jobs 2")(align)
app.command(
    epilog="Example: asdelivered captions captions/speech.alignment.json --style bbc --format srt,vtt,ttml -o captions"
)(captions)
app.command(epilog="Example: asdelivered check captions/speech.srt --style netflix --fix")(check)
app.command(epilog="Example: asdelivered transcript speech.html --speakers speakers.txt")(transcript)
app.command(epilog='Example: asdelivered find "a wartime mindset" captions/speech.alignment.json')(find)
app.command(
    epilog='Example: asdelivered clip captions/speech.alignment.json --quote "a new mindset" --to cuts.edl --render out'
)(clip)
app.command(epilog="Example: asdelivered demo -o example")(demo)
app.command(epilog="Example: asdelivered doctor --json")(doctor)


def main() -> None:
    """Run the command line. SIGTERM (`timeout`, `docker stop`) stops it as cleanly as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if hasattr(sys.stdout, "reconfigure"):
        # A terminal that is not UTF-8 gets question marks for the quotes of a page, not a traceback.
        sys.stdout.reconfigure(errors="replace")
    app(prog_name="asdelivered")


if __name__ == "__main__":
    main()
