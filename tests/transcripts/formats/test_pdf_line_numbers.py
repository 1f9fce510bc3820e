"""Numbers of lines and times in a column of their own are no speech; other numbers stay."""

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.formats.pdf.line_numbers import without_line_numbers
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word


def line(text: str, baseline: float, left: float = 50) -> PageLine:
    """A line in letters that are 5 points wide; a first word in figures stands at 50, the text behind it at 100."""
    words = []
    for word in text.split():
        words.append(Word(word, left, left + 5 * len(word), baseline, 10, False, False))
        left = 100 if len(words) == 1 and word[0].isdecimal() else left + 5 * len(word) + 3
    return PageLine(tuple(words), 800)


def page(*texts: str) -> list[PageLine]:
    return [line(text, 700 - 12 * number) for number, text in enumerate(texts)]


def split(*texts: str) -> tuple[list[str], list[str]]:
    (rest,), (numbers,) = without_line_numbers([page(*texts)])
    return [one.text for one in rest], [one.text for one in numbers]


def test_every_line_has_a_number_or_every_fifth() -> None:
    texts = [f"{number} We begin." if number != 4 else "4" for number in range(1, 13)]
    rest, numbers = split(*texts)
    assert rest == ["We begin."] * 11
    assert numbers == [" ".join(map(str, range(1, 13)))]
    pages = [
        [
            line(
                f"{number} said" if number % 5 == 0 else "said",
                700 - 12 * number,
                50 if number % 5 == 0 else 100,
            )
            for number in range(1, 26)
        ]
        for _ in range(2)
    ]
    found = without_line_numbers(pages)
    assert [one.text for one in found[0][0]] == ["said"] * 25
    assert [one.text for one in found[1][1]] == ["5 10 15 20 25"]


def test_times_beside_turns() -> None:
    rest, numbers = split(*(f"00:0{minute}:12 Ann We begin." for minute in range(5)))
    assert rest == ["Ann We begin."] * 5
    assert numbers == ["00:00:12 00:01:12 00:02:12 00:03:12 00:04:12"]


def test_numbers_that_are_said() -> None:
    counting = [f"{number} boats came." for number in (12, 4, 30, 7, 12, 9, 1, 3, 8)]
    assert split(*counting) == (counting, [])
    inside = [*(f"{number} of them" for number in range(1, 10)), "and more", "of them all"]
    assert split(*inside[:5], "We said", *inside[5:]) == ([*inside[:5], "We said", *inside[5:]], [])


@given(st.lists(st.sampled_from(["1", "2", "3", "10", "0:30", "We", "said"]), min_size=1, max_size=30))
def test_no_word_is_lost(words: list[str]) -> None:
    texts = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
    rest, numbers = split(*texts)
    assert sorted(" ".join(rest + numbers).split()) == sorted(words)
