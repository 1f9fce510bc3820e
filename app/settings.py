"""Settings: defaults for the options of each command.

They are read from `asdelivered.toml` in the user's settings folder and in the working folder; the latter wins. A table
is a command, a key is one of its options by its long name (docs/configuration.md). An environment variable wins over
both, and the command line over all.

A working folder may come from anyone: unpacked, downloaded, on a shared disk. So its file may not set an option that is
declared `UserOnly`, nor one that takes a path to a path outside the folder.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from asdelivered.base.errors import UsageError

NAME = "asdelivered.toml"
PREFIX = "ASDELIVERED"
"""Prefix of the environment variables: ASDELIVERED_ALIGN_JOBS sets `align --jobs`."""
LARGEST = 1 << 20
"""The most bytes that a settings file may have."""
_ACTIONS = frozenset({"install-completion", "show-completion"})
"""Typer's options that replace the command, although they are not marked as such (is_eager)."""


@dataclass(frozen=True)
class UserOnly:
    """Marks an option that a working folder's file may not set; `reason` completes "it says ..." or the like.

    It stands in the option's declaration: `Annotated[str, typer.Option(...), UserOnly("says where work is sent")]`.
    """

    reason: str


@dataclass(frozen=True)
class MayBePath:
    """Marks a text option whose value may also be a path, or a web address."""


@dataclass(frozen=True)
class SettingsFile:
    """A settings file; `own` says whether it is the user's own, which may set all, or a working folder's."""

    path: Path
    own: bool

    def __str__(self) -> str:
        return str(self.path)

    def exists(self) -> bool:
        """Return whether the file is there."""
        return self.path.exists()


@dataclass(frozen=True)
class Setting:
    """The value that `file` gives to an option of a command: ("archive", "add"), or () for all commands."""

    command: tuple[str, ...]
    option: str
    value: Any
    file: SettingsFile

    @property
    def name(self) -> str:
        """Return the name that users see: "align.jobs"."""
        return ".".join((*self.command, self.option))


def settings_files() -> tuple[SettingsFile, SettingsFile]:
    """Return the user's settings file and the working folder's, which wins."""
    from platformdirs import user_config_path

    user = user_config_path("asdelivered", appauthor=False)
    at_home = user.exists() and user.samefile(Path())
    return SettingsFile(user / NAME, own=True), SettingsFile(Path(NAME), own=at_home)


def read_settings(group: Any, files: tuple[SettingsFile, ...]) -> tuple[Setting, ...]:
    """Return what the files set, in the order of the files; a missing file sets nothing.

    Raises UsageError, which names the file and the place in it: it cannot be read, is not TOML, names a command or an
    option that `group` does not have, has a value of the wrong type, or is a working folder's and sets what only the
    user may set.
    """
    return tuple(
        setting
        for file in files
        if (tables := _tables(file))
        for setting in _settings(tables, group, (), file)
    )


@dataclass(frozen=True)
class Origin:
    """A setting in force: its name ("align.jobs"), its value, and the file or environment variable that sets it."""

    name: str
    value: Any
    origin: str


def settings_in_force(group: Any, files: tuple[SettingsFile, ...]) -> list[Origin]:
    """Return the settings in force for the commands of `group`, by name. Raises UsageError as `read_settings`."""
    found = {one.name: Origin(one.name, one.value, str(one.file)) for one in read_settings(group, files)}
    for path, command in commands_of(group):
        for option in options_of(command):
            name, key = ".".join((*path, option)), variable(path, option)
            if os.environ.get(key):
                found[name] = Origin(name, os.environ[key], key)
    return [found[name] for name in sorted(found)]


def set_by_folder(settings: tuple[Setting, ...]) -> str:
    """Return a sentence that says what a working folder's file sets, or ""."""
    found = [one for one in settings if not one.file.own]
    return f"{found[0].file} of this folder sets {', '.join(one.name for one in found)}" if found else ""


def default_map(settings: tuple[Setting, ...], group: Any) -> dict[str, Any]:
    """Return the settings as Click's default map for a group of commands: by command, then by parameter."""
    defaults: dict[str, Any] = {}
    for setting in settings:
        command, place = group, defaults
        for name in setting.command:
            command, place = command.commands[name], place.setdefault(name, {})
        option = options_of(command)[setting.option]
        place[option.name] = _value(option, setting.value)
    return defaults


def options_of(command: Any) -> dict[str, Any]:
    """Return the options of a command that a settings file may set, by their long names without dashes."""
    return {
        name: one
        for one in command.params
        if one.param_type_name == "option"
        and not one.is_eager
        and (name := _long_name(one))
        and name not in _ACTIONS
    }


def commands_of(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield `group` and each command in it, at any depth, with the words that call it."""
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands_of(command, (*path, name))


def variable(command: tuple[str, ...], option: str) -> str:
    """Return the environment variable that sets an option."""
    return "_".join((PREFIX, *command, option)).replace("-", "_").upper()


def _long_name(option: Any) -> str:
    return max((name.lstrip("-") for name in option.opts if name.startswith("--")), key=len, default="")


def _tables(file: SettingsFile) -> dict[str, Any]:
    if not file.exists():
        return {}
    # Whoever has no such file need not wait for what reads it.
    import tomllib

    from asdelivered.base.reading import DAMAGE, read_file, reason_of

    data = read_file(file.path, LARGEST, "settings file", UsageError)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except DAMAGE as error:
        raise UsageError(f"{file}: not TOML: {reason_of(error)}") from error


def _settings(
    table: Mapping[str, Any], command: Any, path: tuple[str, ...], file: SettingsFile
) -> Iterator[Setting]:
    options, commands = options_of(command), getattr(command, "commands", {})
    where = f"[{'.'.join(path)}] " if path else ""
    for key, value in table.items():
        name = key.replace("_", "-")
        if isinstance(value, dict):
            if key not in commands:
                known = f"choose from {', '.join(sorted(commands))}" if commands else "it is a command itself"
                raise UsageError(f"{file}: {where}there is no command {key!r}: {known}")
            yield from _settings(value, commands[key], (*path, key), file)
        elif name not in options:
            raise UsageError(f"{file}: {where}there is no option {key!r}: {_nearest(name, options)}")
        else:
            _check_type(options[name], value, f"{file}: {where}{key}")
            if not file.own:
                refusal = _refusal(command, options[name], value)
                if refusal:
                    raise UsageError(
                        f"{file}: {where}{key} {refusal}, so the file of a folder may not set it: set it in "
                        f"{settings_files()[0]}, by the variable {variable(path, name)}, or give --{name}"
                    )
            yield Setting(path, name, value, file)


def _refusal(command: Any, option: Any, value: Any) -> str:
    """Return why a working folder's file may not give this value to an option; "" if it may."""
    marks = _marks(command, option.name)
    reasons = [mark.reason for mark in marks if isinstance(mark, UserOnly)]
    if reasons:
        return reasons[0]
    if option.type_descriptor.is_path or MayBePath() in marks or _takes_paths(option):
        for one in value if isinstance(value, list) else [value]:
            if "://" not in one and not _in_working_folder(one):
                return f"is a path outside this folder ({one})"
    return ""


def _marks(command: Any, parameter: str) -> tuple[Any, ...]:
    """Return what the declaration of a command's parameter holds besides its type."""
    callback = inspect.unwrap(command.callback) if command.callback else None
    found = inspect.signature(callback, eval_str=True).parameters.get(parameter) if callback else None
    return getattr(found.annotation, "__metadata__", ()) if found else ()


def _takes_paths(option: Any) -> bool:
    return Path in getattr(option.type_descriptor.annotation, "__args__", ())


def _in_working_folder(path: str) -> bool:
    """Return whether a path leads into the working folder, also where it goes through links."""
    try:
        return Path(path).expanduser().resolve().is_relative_to(Path().resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, the home folder of nobody, a zero byte
        return False


def _nearest(name: str, options: Mapping[str, Any]) -> str:
    from rapidfuzz.process import extractOne

    found = extractOne(name, list(options), score_cutoff=60)
    return f"did you mean {found[0]}?" if found else f"choose from {', '.join(sorted(options)) or 'none'}"


def _check_type(option: Any, value: Any, where: str) -> None:
    if option.multiple:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise UsageError(f"{where} must be a list of strings, not {value!r}")
        return
    wanted = option.type_descriptor.annotation
    kinds: dict[Any, tuple[tuple[type, ...], str]] = {
        bool: ((bool,), "true or false"),
        int: ((int,), "a whole number"),
        float: ((int, float), "a number"),
    }
    types, name = kinds.get(wanted, ((str,), "a text"))
    if not isinstance(value, types) or (isinstance(value, bool) and wanted is not bool):
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            name = f"one of {', '.join(one.value for one in wanted)}"
        raise UsageError(f"{where} must be {name}, not {value!r}")


def _value(option: Any, value: Any) -> Any:
    """Return a value as the command line would give it: with the home folder in place of a tilde."""
    if option.type_descriptor.is_path and isinstance(value, str):
        return str(Path(value).expanduser())
    return value
