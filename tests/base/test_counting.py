"""Numbers with their nouns."""

from asdelivered.base.counting import counted


def test_only_one_is_singular() -> None:
    assert [counted(number, "cue split", "cues split") for number in range(3)] == [
        "0 cues split",
        "1 cue split",
        "2 cues split",
    ]
