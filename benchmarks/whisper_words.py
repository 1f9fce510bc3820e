"""Compare the word times of an alignment with those that faster-whisper itself gives the words that it recognises.

    python benchmarks/whisper_words.py NAME.alignment.json RECORDING [--model base]

Words are paired in order where both have the same letters. It prints how far their starts and ends are apart.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from faster_whisper import WhisperModel

from asdelivered.align.document.alignment_json import load
from asdelivered.align.engines.whisper import find_model
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

Word = tuple[str, float, float]


def main(
    alignment: Annotated[Path, typer.Argument(help="NAME.alignment.json.")],
    recording: Annotated[Path, typer.Argument(help="What was aligned.")],
    model: Annotated[str, typer.Option(help="A Whisper model that is installed.")] = "base",
) -> None:
    """Print the differences in milliseconds."""
    document = load(alignment)
    ours = [
        (_letters(word.text), word.span.start / 1000, word.span.end / 1000)
        for line in document.lines
        for word in line.words
        if word.span
    ]
    sound = np.concatenate(list(decode_speech(open_recording(recording)))).astype(np.float32) / 32768
    whisper = WhisperModel(str(find_model(model)), device="cpu", compute_type="int8")
    segments, _ = whisper.transcribe(
        sound, language=document.transcript.language.partition("-")[0], word_timestamps=True
    )
    theirs = [
        (_letters(word.word), word.start, word.end) for segment in segments for word in segment.words or ()
    ]
    pairs = _paired(ours, theirs)
    for edge, at in (("starts", 1), ("ends", 2)):
        apart = [1000 * (float(other[at]) - float(one[at])) for one, other in pairs]
        sizes = np.abs(apart)
        typer.echo(
            f"{edge}: {len(pairs)} of {len(ours)} words paired, theirs {np.median(apart):+.0f} ms in the median, "
            f"{np.mean(sizes <= 100):.1%} within 100 ms, {np.mean(sizes <= 200):.1%} within 200 ms"
        )


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _paired(ours: list[Word], theirs: list[Word]) -> list[tuple[Word, Word]]:
    same = SequenceMatcher(None, [one[0] for one in ours], [one[0] for one in theirs], autojunk=False)
    return [
        (ours[block.a + number], theirs[block.b + number])
        for block in same.get_matching_blocks()
        for number in range(block.size)
    ]


if __name__ == "__main__":
    typer.run(main)
