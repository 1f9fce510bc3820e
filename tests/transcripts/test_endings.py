from asdelivered.transcripts.endings import SHARED_ENDINGS, TRANSCRIPT_ENDINGS
from asdelivered.transcripts.formats import FORMATS

OTHER_NAMES = {"mail": (".eml", ".mhtml"), "whisper": (".json",), "podcast": (".json",)}
"""Endings of the formats that are not called after their own."""


def test_every_format_of_transcripts_has_an_ending() -> None:
    endings = TRANSCRIPT_ENDINGS + SHARED_ENDINGS
    assert len(set(endings)) == len(endings)
    for name in FORMATS:
        assert set(OTHER_NAMES.get(name, (f".{name}",))) <= set(endings)
