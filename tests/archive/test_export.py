"""Exported events: no name leads out of the folder."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.archive.adding import ENDING
from asdelivered.archive.export import path_of_event


@given(st.one_of(st.text(), st.lists(st.sampled_from(["..", ".", "", "a", "b\0"])).map("/".join)))
def test_a_name_stays_inside_the_folder(name: str) -> None:
    folder = Path("/somewhere/out")
    path = path_of_event(folder, name)
    assert path.is_relative_to(folder)
    assert not {"..", "."} & {*path.relative_to(folder).parts}
    assert path.name.endswith(ENDING)
    assert "\0" not in str(path)
