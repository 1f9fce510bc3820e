"""Align lines with PocketSphinx's own forced alignment; only the pronunciations are ours.

usage: run_pocketsphinx.py LINES RECORDING OUT.json LANGUAGE SLICE

LINES is a UTF-8 file with one line of the text per line; LANGUAGE is an ISO 639-1 code. SLICE is 0 for one search of
the whole text over the whole recording, or the length in seconds of slices that are searched one by one, each with
its share of the text by letters: that is all one can do if the whole is too long and nothing says which words belong
to a slice. OUT.json will be an alignment of lines only: {"lines": [{"text", "start", "end"}]}, in seconds, null for
what was not found. Numbers are spelt out, and words missing from its dictionary get pronunciations, as in our program,
so that the result does not depend on them.

The search runs in a separate process that may use MOST_SECONDS of a core and MOST_MEMORY. If it ends without an
answer, no line has a time, and the reason is printed.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.lexicon import pronounce
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.transcripts.spoken.lines import speak

MOST_SECONDS = 1500
MOST_MEMORY = 4 << 30
"""Bytes of address space."""
RATE = 16_000
BEAM = 1e-200
"""The beam: wider than its default of 1e-48, which loses the path wherever the phones are not those of its model."""
FRAME = 0.01
"""Seconds."""

Span = tuple[float, float]
SpokenLine = list[str]


def spoken_lines(lines: Sequence[str], language: str) -> tuple[list[SpokenLine], dict[str, str]]:
    """Return the likeliest words of each line, and the phones of each word, as PocketSphinx writes them."""
    forms = [
        [word for token in speak(line.split(), language) for word in (token.spoken or [()])[0]]
        for line in lines
    ]
    lexicon = pronounce((word for words in forms for word in words), language)
    sounds = {word: " ".join(ways[0]) for word, ways in lexicon.items()}
    return [[word for word in words if word in sounds] for words in forms], sounds


def make_decoder() -> Any:
    """Return a decoder with the built-in model; it loads in a third of a second."""
    from pocketsphinx import Decoder

    return Decoder(loglevel="FATAL", samprate=RATE, bestpath=False, beam=BEAM, pbeam=BEAM, wbeam=BEAM)


def force(
    decoder: Any, samples: NDArray[np.int16], words: Sequence[str], sounds: dict[str, str]
) -> list[Span]:
    """Return the start and end of each of `words`, in seconds. Raises RuntimeError if there is no path."""
    for word in dict.fromkeys(words):
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, sounds[word], update=False)
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(samples.tobytes(), full_utt=True)
    decoder.end_utt()
    found = [segment for segment in decoder.seg() or () if not segment.word.startswith(("<", "[", "+"))]
    if [segment.word.partition("(")[0] for segment in found] != list(words):
        raise RuntimeError(f"{len(found)} of {len(words)} words were found")
    return [(segment.start_frame * FRAME, (segment.end_frame + 1) * FRAME) for segment in found]


def shares(lines: Sequence[SpokenLine], slices: int) -> list[int]:
    """Return the slice of each word: the text is distributed evenly, by letters."""
    letters = np.cumsum([len(word) + 1 for words in lines for word in words])
    return [min(slices - 1, int(end * slices / (letters[-1] + 1))) for end in letters]


def align(
    lines: Sequence[SpokenLine], sounds: dict[str, str], samples: NDArray[np.int16], seconds: int
) -> list[Span | None]:
    """Return the span of each line, from the first word that was found to the last."""
    words = [word for line in lines for word in line]
    size = seconds * RATE if seconds else len(samples)
    pieces = max(1, round(len(samples) / size))
    size = -(-len(samples) // pieces)
    of_slice = shares(lines, pieces)
    times: list[Span | None] = [None] * len(words)
    decoder = make_decoder()
    for piece in range(pieces):
        places = [at for at, number in enumerate(of_slice) if number == piece]
        try:
            spans = force(
                decoder, samples[piece * size : (piece + 1) * size], [words[at] for at in places], sounds
            )
        except RuntimeError as error:
            print(f"slice {piece + 1} of {pieces}: {error}")
            continue
        shift = piece * size / RATE
        for at, (start, end) in zip(places, spans, strict=True):
            times[at] = (start + shift, end + shift)
    rest = iter(times)
    found = [[span for span in (next(rest) for _ in line) if span] for line in lines]
    return [(spans[0][0], spans[-1][1]) if spans else None for spans in found]


def work(answer: Connection, lines: Sequence[str], recording: Path, language: str, seconds: int) -> None:
    """Align within the limits, and send the result."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    samples = np.concatenate([block.reshape(-1) for block in decode_speech(open_recording(recording))])
    spoken, sounds = spoken_lines(lines, language)
    answer.send(align(spoken, sounds, samples, seconds))


def main() -> None:
    """Read the command line, align in a limited process, write."""
    text, recording, out, language, seconds = sys.argv[1:]
    lines = Path(text).read_text(encoding="utf-8").splitlines()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(
        target=work, args=(theirs, lines, Path(recording), language, int(seconds))
    )
    process.start()
    theirs.close()
    try:
        found: list[Span | None] = ours.recv()
    except EOFError:
        found = [None] * len(lines)
    process.join()
    if process.exitcode:
        reason = signal.Signals(-process.exitcode).name if process.exitcode < 0 else process.exitcode
        print(f"no answer within {MOST_SECONDS} s of a core and {MOST_MEMORY >> 30} GiB: ended by {reason}")
    document = [
        {"text": line, "start": span and round(span[0], 3), "end": span and round(span[1], 3)}
        for line, span in zip(lines, found, strict=True)
    ]
    Path(out).write_text(json.dumps({"lines": document}, ensure_ascii=False))


if __name__ == "__main__":
    main()
