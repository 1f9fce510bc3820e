"""Whatever an alignment holds, each format is written, or refused in a sentence."""

from contextlib import suppress
from pathlib import Path

import pytest
from any_alignment import ALIGNMENTS
from hypothesis import HealthCheck, given, settings

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.write import captions_file


@pytest.mark.parametrize("name", list(FORMATS))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(alignment=ALIGNMENTS)
def test_any_alignment_is_written_or_refused_in_a_sentence(name: str, alignment: Alignment) -> None:
    with suppress(SubtitleError):
        assert isinstance(captions_file(captions_of(alignment), name, Path("talk")), bytes)
