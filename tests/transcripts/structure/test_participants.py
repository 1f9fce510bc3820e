"""Lists of those who attend are data to their last member, and the speech below is not."""

from cProfile import Profile
from pstats import Stats

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.structure.participants import find_attendance

MEMBERS = [
    "Mr SPEAKER (Dr Tom Hale (Quay)).",
    "Encik Abdul Karim (Wall), Minister for the Harbour.",
    "Mr E. W. Reed (Tide), Deputy Speaker.",
    "Mia Lund (Pier).",
    "Dr Ann Olde.",
    "Tom Hart, Chair of the Board",
]


@given(
    st.lists(st.sampled_from(MEMBERS), min_size=3, max_size=8),
    st.sampled_from(["PRESENT:", "Members present", "Absent:"]),
)
def test_members_below_a_title(members: list[str], title: str) -> None:
    text = (
        f"The Quay Council\n\n{title}\n\n"
        + "\n".join(members)
        + "\n\nI call the first speaker. We begin.\nIt is time.\n"
    )
    rows = text_rows(text)
    kinds = find_attendance(rows)
    assert {rows[number].content for number in kinds} == {title, *members}


def test_what_is_no_list() -> None:
    for text in (
        "PRESENT:\nMr Hale: I rise.\nMr Reed: So do I.\nMr Olde: And we.\n",
        "PRESENT:\nMr Hale (Quay).\nWe thank you.\nIt is late.\nMr Reed (Wall).\nMr Olde (Pier).\n",
        "Present company excepted, of course.\nMr Hale (Quay).\nMr Reed (Wall).\nMr Olde (Pier).\n",
    ):
        assert find_attendance(text_rows(text)) == {}


def test_titles_within_a_list_cost_no_second_look() -> None:
    def calls(pairs: int) -> int:
        rows = text_rows("Present\nMr Tom Hale\n" * pairs)
        with Profile() as profile:
            assert len(find_attendance(rows)) == 2 * pairs
        return Stats(profile).total_calls  # type: ignore[attr-defined, no-any-return]

    assert calls(400) < 3 * calls(200)
