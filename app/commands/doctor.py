"""`asdelivered doctor`: what is installed, and whether `asdelivered align` can run."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from asdelivered.app.commands.options import JsonOption
from asdelivered.app.console.diagnosis import print_diagnosis
from asdelivered.app.console.text import print_error, print_json
from asdelivered.app.settings import UserOnly


class Installable(StrEnum):
    """What pip cannot install by itself."""

    AENEAS = "aeneas"
    WHISPER_BASE = "whisper-base"
    WHISPER_TINY_EN = "whisper-tiny.en"
    WHISPER_SMALL = "whisper-small"
    WHISPER_MEDIUM = "whisper-medium"
    WHISPER_LARGE_V3 = "whisper-large-v3"
    WHISPER_TURBO = "whisper-turbo"


def doctor(
    install: Annotated[
        Installable | None,
        typer.Option(
            help="First install this: the engine aeneas, built from source, whose licence is the AGPL-3.0; or a "
            "Whisper model, checked by its hash: base 148 MB, tiny.en (English only) 78 MB, and, from the hub alone, "
            "small 0.5 GB, medium 1.5 GB, large-v3 3.1 GB, turbo 1.6 GB."
        ),
        UserOnly("installs software"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the installation.

    Shows what is installed, which engines can run, and what to do about the rest.
    Exit code 1 if `asdelivered align` cannot run.
    """
    from asdelivered.app.jobs.doctor import diagnose, install_aeneas, install_whisper

    if install is Installable.AENEAS:
        print_error("Building aeneas, which takes a minute or two")
        install_aeneas()
    elif install:
        install_whisper(install.value.removeprefix("whisper-"), print_error)
    diagnosis = diagnose()
    if as_json:
        print_json(diagnosis.to_json(), ascii_only=True)
    else:
        print_diagnosis(diagnosis)
    if not diagnosis.works:
        raise typer.Exit(1)
