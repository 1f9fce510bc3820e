from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.structure.seats import seat_below


def test_a_seat_stands_between_a_label_and_a_time() -> None:
    assert seat_below(text_rows("Ms Ann HILL\nIreland, Rapporteur\n10:05:22\nGood morning.\n"), 0) == [1]


def test_what_no_time_follows_is_no_seat() -> None:
    assert seat_below(text_rows("Ms Ann HILL\nIreland, Rapporteur\nGood morning.\n"), 0) == []


def test_a_sentence_above_a_time_is_no_seat() -> None:
    assert seat_below(text_rows("Ms Ann HILL\nGood morning.\n10:05:22\nMore.\n"), 0) == []
