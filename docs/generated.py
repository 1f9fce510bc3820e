"""Reference pages generated from the program itself, so that they cannot disagree with it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
import typer.main

from asdelivered.app.main import app
from asdelivered.app.settings import commands_of, options_of, variable
from asdelivered.media.cutlists import FORMATS as CUT_LISTS
from asdelivered.media.rendering.formats import FORMATS as MEDIA
from asdelivered.subtitles.formats import FORMATS as CAPTIONS
from asdelivered.subtitles.style_file import named_style, style_names
from asdelivered.transcripts.formats import FORMATS as TRANSCRIPTS

REPOSITORY = Path(__file__).resolve().parent.parent


def pages() -> dict[str, str]:
    """Return the text of each page by its path in docs/."""
    return {
        "reference/commands.md": "".join(commands()),
        "reference/styles.md": "".join(styles()),
        "reference/formats.md": "".join(formats()),
        "reference/alignment.md": "".join(alignment_file()),
    }


def commands() -> Iterator[str]:
    """Yield the page of commands: how to call each, what it does, what it takes."""
    group: Any = typer.main.get_command(app)
    yield "# Commands\n\nA command exits with 0 when done, 1 if it failed, 2 if it was called wrongly.\n"
    for words, command in commands_of(group):
        name = " ".join(("asdelivered", *words))
        context = typer.Context(command, info_name=name)
        yield f"\n## {name}\n\n    {name} {' '.join(command.collect_usage_pieces(context))}\n\n"
        yield f"{_escaped(command.help or '')}\n\n"
        records = [(one, record) for one in command.params if (record := one.get_help_record(context))]
        if records:
            yield "| | | variable |\n| --- | --- | --- |\n"
        settable = {id(option): option_name for option_name, option in options_of(command).items()}
        for one, (names, text) in records:
            known = f"`{variable(words, settable[id(one)])}`" if id(one) in settable else ""
            yield f"| `{names.replace('|', chr(92) + '|')}` | {_escaped(' '.join(text.split()))} | {known} |\n"
        if command.epilog:
            before, example, call = command.epilog.partition("Example: ")
            yield f"\nExample: `{call}`\n" if example and not before else f"\n{_escaped(command.epilog)}\n"


def styles() -> Iterator[str]:
    """Yield the page of styles: each rule, its limit, and where the guide says so."""
    yield "# Styles\n\nThe caption styles that come with the program, and the source of each number.\n"
    for name in style_names():
        style = named_style(name)
        yield f"\n## {name}\n\n{style.title}" + (f", <{style.url}>" if style.url else "") + "\n\n"
        yield "| rule | limit | | source |\n| --- | ---: | --- | --- |\n"
        for rule in (*style.rules, *style.local_rules):
            unit = rule.unit
            kind = f"{rule.kind} ({rule.language})" if rule.language else rule.kind
            yield f"| {kind} | {rule.limit} {unit} | {rule.severity} | {_escaped(rule.source)} |\n"


def formats() -> Iterator[str]:
    """Yield the page of formats, read and written."""
    yield "# Formats\n\n## Transcripts\n\n" + ", ".join(f"`{name}`" for name in TRANSCRIPTS)
    yield "; see [how a transcript is read](../transcripts.md).\n\n## Captions\n\n"
    yield "| name | what | ending | read |\n| --- | --- | --- | --- |\n"
    for name, form in CAPTIONS.items():
        yield f"| `{name}` | {form.title} | `{form.extension}` | {'yes' if form.read else 'no'} |\n"
    yield "\nWhat each keeps: [captions](../captions.md#formats).\n\n## Cut-lists\n\n| ending | what |\n| --- | --- |\n"
    for known in CUT_LISTS:
        yield f"| `{known.ending}` | {known.name} |\n"
    yield "\nWho reads them: [clips](../clips.md#lists).\n\n## Clips\n\n"
    yield ", ".join(f"`{name}`" for name in MEDIA) + ".\n"


def alignment_file() -> Iterator[str]:
    """Yield the page of the alignment file: the schema's descriptions, then the schema."""
    text = (REPOSITORY / "align" / "alignment.schema.json").read_text("utf-8")
    schema = json.loads(text)
    yield f"# The alignment file\n\n{schema.get('description', '')}\n\n"
    yield "| key | what it is |\n| --- | --- |\n"
    for key, value in _described(schema, schema, ""):
        yield f"| `{key}` | {_escaped(value)} |\n"
    yield f"\n## JSON Schema\n\n```json\n{text.strip()}\n```\n"


def _described(schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Yield each key that a schema describes, and its description."""
    while "$ref" in schema:
        schema = {
            **root["$defs"][schema["$ref"].rpartition("/")[2]],
            **{k: v for k, v in schema.items() if k != "$ref"},
        }
    for key, value in schema.get("properties", {}).items():
        target = root["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else value
        said = value.get("description") or target.get("description") or ""
        yield f"{path}{key}", said
        yield from _described(value, root, f"{path}{key}.")
    if "items" in schema:
        yield from _described(schema["items"], root, f"{path.removesuffix('.')}[].")
    for part in schema.get("allOf", ()):
        yield from _described(part, root, path)


def layers() -> list[list[str]]:
    """Return the layers of the import contract, the top one first; packages of one layer may not import each other."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    contract = next(found for found in contracts if found.get("containers") == ["asdelivered"])
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*").replace("[", "\\[")
