"""Corrections by a person: who speaks, what is not a speaker, what is not spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from asdelivered.base.reading import read_file
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.structure.speakers.known_speakers import label_key

_LARGEST = 2**20
"""Bytes of a speakers file."""


@dataclass(frozen=True)
class Corrections:
    """Corrections to how a page is read."""

    labels: frozenset[str] = frozenset()
    """Keys of labels (see `label_key`): a line that is one of them is a label."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The name to use for a label, by the label's key."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """The roles of speakers, by their names in `renamed`."""
    never: frozenset[str] = frozenset()
    """Keys of what looks like a label but is none."""
    unspoken: re.Pattern[str] | None = None
    """Whatever this pattern finds is not spoken."""

    def name_of(self, label: str | None) -> str | None:
        """Return the name to use for a label of the page."""
        return self.renamed.get(label_key(label), label) if label else label

    def with_unspoken(self, pattern: re.Pattern[str]) -> Corrections:
        """Return these corrections with what `pattern` finds unspoken too."""
        both = f"{pattern.pattern}|(?:{self.unspoken.pattern})" if self.unspoken else pattern.pattern
        return replace(
            self, unspoken=re.compile(both, self.unspoken.flags if self.unspoken else pattern.flags)
        )

    def forbids(self, label: str | None) -> bool:
        """Return whether this is never a label, whatever its blanks and capitals."""
        return label is not None and label_key(label) in self.never


def read_speakers(path: Path) -> Corrections:
    """Read a speakers file: one speaker per line, as "Name, role = label; another label"; "- text" is never a label.

    The role and the labels may be left out. Empty lines, and anything after "#", are skipped. Raises TranscriptError
    if the file cannot be read or a line names nobody.
    """
    data = read_file(path, _LARGEST, "file of speakers", TranscriptError)
    try:
        return parse_speakers(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{path} cannot be read as a speakers file in UTF-8: {error}.") from error


def parse_speakers(text: str, name: str) -> Corrections:
    """Read the text of a speakers file; messages call it `name`. Raises TranscriptError."""
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
