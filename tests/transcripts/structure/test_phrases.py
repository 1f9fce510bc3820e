"""Lines that only name a part of the event, or its end."""

import pytest

from asdelivered.transcripts.structure.phrases import is_section, may_be_section

SECTIONS = [
    "Q&A", "Q & A session", "Questions and answers", "End of transcript", "ENDS", "END 2:30 P.M. EST", "FIN", "FINE",
    "Fragen und Antworten", "Questions/réponses",
    "Preguntas y respuestas", "Domande e risposte", "Vragen en antwoorden",
    "Perguntas e respostas", "Pytania i odpowiedzi", "Prepared remarks", "Opening remarks", "KONIEC", "EINDE", "FIM",
    "Schluss der Sitzung: 14.05 Uhr", "Beginn: 9.00 Uhr", "###", "- 30 -", "– END –", "[END]",
]  # fmt: skip


@pytest.mark.parametrize("text", SECTIONS)
def test_a_part_of_the_event_is_told_by_its_line_and_not_ruled_out_by_its_first_word(text: str) -> None:
    assert is_section(text)
    assert may_be_section(text.split()[0])


@pytest.mark.parametrize(
    "text",
    ["In the end we shall win.", "Fine, thank you.", "Questions remain.", "Qatar", "Fragen Sie mich."],
)
def test_speech_is_no_part_of_the_event(text: str) -> None:
    assert not is_section(text)
