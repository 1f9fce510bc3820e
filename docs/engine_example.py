"""An engine of your own: words and times from rough captions, `--engine captions --model FILE.srt`.

In the pyproject.toml of its package:

    [project.entry-points."asdelivered.engines"]
    captions = "engine_example:Captions"
"""

import pysrt

from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.transcripts.spoken.orthography import words_of


class Captions:
    name, wants_samples, time_error = "captions", False, 60

    def __init__(self, options):
        self.words = []  # frames of 10 ms
        for cue in pysrt.open(options.model):
            words = words_of(cue.text)
            start, each = cue.start.ordinal / 10, cue.duration.ordinal / 10 / max(1, len(words))
            for at, word in enumerate(words):
                self.words.append(RecognisedWord(word, int(start + at * each), int(start + (at + 1) * each)))

    def version(self):
        return "1"

    def settings(self):
        return {"words": len(self.words)}

    def recognise(self, task, chunks, careful):
        for chunk in chunks:
            inside = [word for word in self.words if 0 <= word.start - chunk.start < len(chunk.frames)]
            yield [RecognisedWord(w.word, w.start - chunk.start, w.end - chunk.start) for w in inside]
