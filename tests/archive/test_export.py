"""Exported events: no name leads out of the folder."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.archive.adding import ENDING
from asdelivered.archive.export import path_of_event, paths_of_events
from asdelivered.base.names import folded


@given(st.one_of(st.text(), st.lists(st.sampled_from(["..", ".", "", "a", "b\0"])).map("/".join)))
def test_a_name_stays_inside_the_folder(name: str) -> None:
    folder = Path("/somewhere/out")
    path = path_of_event(folder, name)
    assert path.is_relative_to(folder)
    assert not {"..", "."} & {*path.relative_to(folder).parts}
    assert path.name.endswith(ENDING)
    assert "\0" not in str(path)


@given(st.lists(st.text(st.sampled_from("aAßs/-2"), max_size=4)))
def test_each_event_has_a_file_of_its_own_on_any_system(names: list[str]) -> None:
    folder = Path("/out")
    paths = paths_of_events(folder, dict(enumerate(names)))
    assert len({folded(str(path)) for path in paths.values()}) == len(names)
    plain = [path_of_event(folder, name) for name in names]
    if len({folded(str(path)) for path in plain}) == len(names):
        assert [*paths.values()] == plain
