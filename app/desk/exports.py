"""What the desk makes of an event: the work itself, and the command line that does the same.

Each function here that begins with `make_` or `align_` runs in a process of its own, and returns JSON values.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment_json import load
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.selection import EngineRequest
from asdelivered.app.desk.event_library import Event
from asdelivered.app.errors import AppError
from asdelivered.app.jobs.align import AlignRequest, align_files
from asdelivered.app.jobs.captions import CaptionsRequest, write_caption_files
from asdelivered.app.jobs.page import PageRequest, write_page
from asdelivered.base.delivery import relative_to
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.clips.clipper import clip, preview
from asdelivered.clips.options import RenderOptions
from asdelivered.media.cutlists import FORMATS as CUT_LISTS
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import AUTO
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.style_file import named_style

MEDIA = ("none", "clips", "vertical", "reel")
"""What is rendered of the quotes: nothing, a file each, a vertical picture each, all in one file."""
TRANSCRIPTS = ("docx", "speakers", "txt", "json", "html", "words")
"""The formats of a transcript with its times."""

CORRECTIONS = ("--language", "--speakers", "--unspoken", "--sound")
"""The options of `asdelivered align` that a person corrects on the desk."""


@dataclass(frozen=True)
class Export:
    """A call for a process of its own, and the command line that does the same in the event's folder."""

    kind: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    command: tuple[str, ...]


def alignment_of(event: Event, cache: Path | None) -> Export:
    """Return the alignment of an event. Raises AppError where nobody knows what it is made of."""
    if event.page is None or event.recording is None:
        raise AppError(
            f"{event.title} does not say which page and recording it is made of: add it as a new event"
        )
    reading = event.reading()
    request = AlignRequest(
        event.page,
        event.recording,
        event.folder,
        reading,
        EngineRequest(("auto",), EngineOptions(cache=cache)),
        earlier=_earlier(event),
        sound=event.notes.sound if event.notes else AUTO,
    )
    names = (relative_to(event.page, event.folder), relative_to(event.recording, event.folder))
    options = list(request.options())
    if request.earlier is not None:
        options += ["--since", request.earlier.name]
    return Export("align", align_event, (request,), ("align", *names, *options))


def corrections_of(event: Event) -> dict[str, str]:
    """Return what a person corrected of how an event is read and heard, by the options of `asdelivered align`."""
    reading = event.reading()
    sound = event.notes.sound if event.notes else AUTO
    given = {
        "--language": reading.language,
        "--speakers": reading.speakers.name if reading.speakers else None,
        "--unspoken": reading.unspoken,
        "--sound": None if sound == AUTO else sound,
    }
    return {option: value for option, value in given.items() if value}


def corrections_in(command: tuple[str, ...]) -> dict[str, str]:
    """Return the same of an alignment that was made by a command."""
    return {option: value for option, value in pairwise(command) if option in CORRECTIONS}


def _earlier(event: Event) -> Path | None:
    """Return the alignment that is there, from which what has not changed is kept; None if it is of another sound."""
    if not event.alignment.is_file():
        return None
    wanted = event.notes.sound if event.notes else AUTO
    if wanted == AUTO:
        return event.alignment
    return event.alignment if str(load(event.alignment).recording.sound) == wanted else None


def align_event(request: AlignRequest, observer: Observer) -> dict[str, Any]:
    """Align an event, and return the summary."""
    return align_files(request, observer).to_json()


def captions_of_event(
    event: Event, style: str, formats: tuple[str, ...], labels: bool, own_words: bool = False
) -> Export:
    """Return the captions of an event in a style and in formats. Raises AppError, SubtitleError."""
    named_style(style)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise AppError(f"choose formats of {', '.join(FORMATS)}")
    folder = event.folder / "captions"
    request = CaptionsRequest(
        event.alignment, style, formats, folder, labels=None if labels else False, own_words=own_words
    )
    command = ("captions", event.alignment.name, "--style", style, "--format", ",".join(formats))
    return Export(
        "captions",
        make_captions,
        (request,),
        (
            *command,
            *(() if labels else ("--no-labels",)),
            *(("--own-words",) if own_words else ()),
            "-o",
            folder.name,
        ),
    )


def transcripts_of_event(event: Event, formats: tuple[str, ...]) -> Export:
    """Return the transcript of an event with its times, in formats for readers. Raises AppError."""
    if not formats or any(name not in TRANSCRIPTS for name in formats):
        raise AppError(f"choose formats of {', '.join(TRANSCRIPTS)}")
    folder = event.folder / "transcript"
    request = CaptionsRequest(event.alignment, "netflix", formats, folder)
    command = ("captions", event.alignment.name, "--format", ",".join(formats), "-o", folder.name)
    return Export("transcript", make_transcripts, (request,), command)


def make_transcripts(request: CaptionsRequest, observer: Observer) -> dict[str, Any]:
    """Write transcripts; how their lines would break a style of captions is nobody's concern."""
    made = write_caption_files(request)
    return {"files": [str(path) for path in made.files], "remarks": [*made.failures]}


def make_captions(request: CaptionsRequest, observer: Observer) -> dict[str, Any]:
    """Write captions; the result has the files, and what they break of the style."""
    made = write_caption_files(request)
    return {
        "files": [str(path) for path in made.files],
        "remarks": [*made.remarks(), *made.failures],
    }


@dataclass(frozen=True)
class ClipChoices:
    """The quotes, the endings of the cut-lists, and what is rendered (one of MEDIA).

    lower_third: show the speaker's name and role in a vertical picture.
    """

    quotes: tuple[str, ...]
    lists: tuple[str, ...] = ()
    media: str = "none"
    style: str = "netflix"
    lower_third: bool = False


def clips_of_event(event: Event, choices: ClipChoices, now: datetime) -> Export:
    """Return the clips of an event, in a new folder that is named by the time. Raises AppError, MediaError."""
    known = [form.ending for form in CUT_LISTS]
    if not choices.quotes:
        raise AppError("write the quotes, one on each line")
    if any(ending not in known for ending in choices.lists) or choices.media not in MEDIA:
        raise AppError(f"choose cut-lists of {', '.join(known)}")
    if not choices.lists and choices.media == "none":
        raise AppError("choose a cut-list, or what to render")
    folder = event.folder / f"clips {now:%Y-%m-%d %H.%M.%S}"
    lists = tuple(folder / f"{event.stem}{ending}" for ending in choices.lists)
    render = _rendering(event, choices)
    command = ["clip", event.alignment.name]
    for quote in choices.quotes:
        command += ["--quote", quote]
    for path in lists:
        command += ["--to", relative_to(path, event.folder)]
    if render is not None:
        command += ["--render", folder.name]
        command += [f"--{name}" for name in ("reel", "audiogram", "vertical") if getattr(render, name)]
        command += ["--burn-in"] if render.burn_in else []
        command += ["--lower-third"] if render.lower_third else []
        command += ["--style", choices.style] if render.style else []
    arguments = (event.alignment, event.recording, choices.quotes, lists, folder, render)
    return Export("clips", make_clips, arguments, tuple(command))


def _rendering(event: Event, choices: ClipChoices) -> RenderOptions | None:
    if choices.media == "none":
        return None
    plain = RenderOptions(reel=choices.media == "reel", style=choices.style)
    if choices.media != "vertical":
        return plain
    recording = event.recording_file()
    picture = recording is not None and open_recording(recording).video is not None
    named = picture and choices.lower_third  # an audiogram names the speaker anyway
    return replace(
        plain, vertical=True, style=None, audiogram=not picture, burn_in=picture, lower_third=named
    )


def preview_of_clip(event: Event, choices: ClipChoices) -> dict[str, Any]:
    """Return a frame of the clip of the first quote, as JPEG in base64, with the clip's times and the frame's, in s.

    Raises AppError where nothing is rendered; AlignError, MediaError, ClipError where the clip can't be made.
    """
    render = _rendering(event, choices)
    if render is None or not choices.quotes:
        raise AppError("choose a quote, and what to render")
    with scratch_folder() as folder:
        picture = folder / "preview.jpg"
        clip, moment = preview(
            event.alignment, choices.quotes[0], picture, recording=event.recording, render=render
        )
        return {
            "picture": base64.b64encode(picture.read_bytes()).decode(),
            "text": clip.text,
            "start": round(float(clip.start), 3),
            "end": round(float(clip.end), 3),
            "moment": round(float(moment), 3),
        }


def make_clips(
    alignment: Path,
    recording: Path | None,
    quotes: tuple[str, ...],
    lists: tuple[Path, ...],
    folder: Path,
    render: RenderOptions | None,
    observer: Observer,
) -> dict[str, Any]:
    """Write cut-lists and clips; the result has the files, and why a quote has none."""
    report = clip(
        alignment,
        quotes,
        lists=lists,
        folder=None if render is None else folder,
        recording=recording if recording is not None and recording.is_file() else None,
        render=render,
        observer=observer,
    )
    failures = [f"“{one.request.text}”: {one.reason}" for one in report.failures]
    notes = [f"{one.clip.name}: {note}" for one in report.clips for note in one.clip.notes]
    return {
        "files": [str(path) for path in (*report.lists, *report.files)],
        "remarks": [*failures, *notes, *report.remarks],
    }


def page_of_event(event: Event, title: str, address: str) -> Export:
    """Return the published page of an event; `address` is where its recording will be, "" where it is now."""
    request = PageRequest(
        event.alignment, event.folder / f"{event.stem} page.html", address or None, title or None
    )
    assert request.output is not None
    options = [*(("--recording", address) if address else ()), *(("--title", title) if title else ())]
    return Export(
        "page",
        make_page,
        (request,),
        ("page", event.alignment.name, "-o", request.output.name, *options),
    )


def make_page(request: PageRequest, observer: Observer) -> dict[str, Any]:
    """Write the published page."""
    made = write_page(request)
    return {"files": [str(made.path)], "remarks": []}


def speaker_lines(rows: list[dict[str, Any]]) -> str:
    """Return the text of a file of speakers from rows: name, role, labels, and whether it is a speaker at all.

    Raises AppError where a name has a sign that separates names from labels there.
    """
    lines = []
    for row in rows:
        name, role = str(row.get("name", "")).strip(), str(row.get("role") or "").strip()
        labels = [str(label).strip() for label in row.get("labels", [])]
        if row.get("never"):
            lines += [f"- {label}" for label in labels if "#" not in label]
            continue
        for text, what in ((name, "name"), (role, "role")):
            if re.search(r"[=;#\n\r]" if what == "role" else r"[=;#,\n\r]", text) or text.startswith("-"):
                raise AppError(f"the {what} {text!r} can't have one of , ; = # in it: write it without")
        if not name:
            raise AppError("a speaker needs a name: write one, or say that it is none")
        who = f"{name}, {role}" if role else name
        lines.append(f"{who} = {'; '.join(label for label in labels if not re.search('[;#]', label))}")
    return "\n".join(lines) + "\n"
