"""The folders of a site: unique, short enough for any disk, and an event keeps the one that it has."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.archive.database import opened
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.event_files import key_of
from asdelivered.archive.publishing.folder_names import folder_names
from asdelivered.archive.store import list_events

MakeEvents = Callable[[Sequence[str]], list[StoredEvent]]


@pytest.fixture(scope="module")
def named(big: Path) -> MakeEvents:
    """Make events of the archive bear other names."""
    with opened(big) as connection:
        events = list(list_events(connection))

    def make(names: Sequence[str]) -> list[StoredEvent]:
        pairs = zip(events, names, strict=False)
        return [replace(event, info=replace(event.info, name=name)) for event, name in pairs]

    return make


@given(
    st.lists(st.text(max_size=120) | st.sampled_from(["a b", "a-b", "A-B", "a-b-2", "あ" * 120]), max_size=30)
)
def test_each_event_has_a_folder_of_its_own_on_any_disk(named: MakeEvents, names: list[str]) -> None:
    events = named(names)
    found = folder_names(Path("nowhere"), events)
    assert {*found} == {event.id for event in events}
    assert set(Counter(name.casefold() for name in found.values()).values()) <= {1}
    assert all(len(name.encode()) < 220 and "/" not in name and name.strip(".") for name in found.values())


def test_an_event_keeps_its_folder_when_one_comes_whose_name_is_spelt_alike(
    named: MakeEvents, tmp_path: Path
) -> None:
    new, old = named(["a-b", "a b"])
    (tmp_path / "a-b").mkdir()
    (tmp_path / "a-b" / "index.html").write_text(f'<meta name="asdelivered" content="x 1 {key_of(old)}">')
    assert folder_names(tmp_path, [new, old]) == {new.id: "a-b-2", old.id: "a-b"}
    assert folder_names(tmp_path / "elsewhere", [new, old]) == {new.id: "a-b", old.id: "a-b-2"}
