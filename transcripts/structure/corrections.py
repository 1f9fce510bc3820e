"""What a person knows of a page beside the page itself: who speaks, what is no speaker, what is not spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.structure.known_speakers import label_key

_LARGEST = 2**20
"""Bytes of a file of speakers."""


@dataclass(frozen=True)
class Corrections:
    """Corrections to what is read from a page."""

    labels: frozenset[str] = frozenset()
    """Labels of speakers, in lower case: a line that is one of them is one."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The name to use for a label, which is in lower case."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """The roles of speakers, by the names in `renamed`."""
    never: frozenset[str] = frozenset()
    """Lines, in lower case, that are no labels though they look like some."""
    unspoken: re.Pattern[str] | None = None
    """What it finds is not spoken."""

    def name_of(self, label: str | None) -> str | None:
        """The name for a label of the page."""
        return self.renamed.get(label_key(label), label) if label else label

    def forbids(self, label: str | None) -> bool:
        """Tell whether a person has said that a label is none, however its blanks and capitals are."""
        return label is not None and label_key(label) in self.never


def read_speakers(path: Path) -> Corrections:
    """Read a file of speakers: one a line, as "Name, role = label; another label"; "- text" is never a label.

    The role and the labels may be missing; empty lines and those from "#" on are skipped. Raises TranscriptError
    where the file cannot be read or a line is none of these.
    """
    data = read_file(path, _LARGEST, "file of speakers", TranscriptError)
    try:
        return parse_speakers(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{path} cannot be read as a file of speakers, in UTF-8: {error}.") from error


def parse_speakers(text: str, name: str) -> Corrections:
    """Take the text of a file of speakers apart; `name` is what messages call it. Raises TranscriptError."""
    renamed: dict[str, str] = {}
    roles: dict[str, str] = {}
    known: set[str] = set()
    never: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.partition("#")[0].strip()
        if entry.startswith("-"):
            never.add(label_key(entry[1:]))
            continue
        if not entry:
            continue
        who, _, labels = entry.partition("=")
        person, _, role = (part.strip() for part in who.partition(","))
        if not person:
            raise TranscriptError(
                f"{name}, line {number}, names nobody: write a speaker as 'Name, role = label; another label'."
            )
        if role:
            roles[person] = role
        given = [label.strip(" :") for label in labels.split(";")]
        for label in (who.strip(), person, *filter(None, given)):
            known.add(label_key(label))
            renamed[label_key(label)] = person
    return Corrections(frozenset(known), renamed, roles, frozenset(never))
