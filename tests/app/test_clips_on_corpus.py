"""Clips of the corpus' movies: the picture, the sound and the words, measured as benchmarks/clips.py does for fifty."""

import json
from pathlib import Path

import pytest
from clip_measures import Planted, measure, sentence_quotes, spoken_words, word_quotes
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import save
from asdelivered.app.main import app

SOME = 5
MOVIES = {"excerpt-25fps-tc10h.mp4": "event-clean", "excerpt-2997df-tc1h.mov": "event-hall"}


@pytest.mark.corpus
@pytest.mark.parametrize("name", MOVIES)
@pytest.mark.parametrize("kind", ["sentences", "words"])
def test_clips_of_random_quotes(name: str, kind: str, corpus: Path, tmp_path: Path) -> None:
    movie, truth = corpus / name, corpus / f"{MOVIES[name]}.truth.json"
    alignment = tmp_path / "event.alignment.json"
    save(truth_alignment(truth, movie, truth), alignment)
    lines = spoken_words(truth, 235.0)
    words = [word for line in lines for sentence in line for word in sentence]
    choose = sentence_quotes if kind == "sentences" else word_quotes
    quotes = choose(lines, SOME, seed=17)
    for one in measure(movie, *made(alignment, quotes, tmp_path), words, quotes):
        assert one.off == 0, one
        assert abs(one.delay) <= 0.005, one
        # Where words run into each other there may be no frame that will do; then the quote's own come first.
        assert one.whole or not one.possible, one
        assert one.before > 0, one
        assert one.after > 0, one


def made(alignment: Path, quotes: list[Planted], folder: Path) -> tuple[Path, list[Path]]:
    """The cut-list and the clips of quotes."""
    edl = folder / "cuts.edl"
    asked = [argument for quote in quotes for argument in ("--quote", quote.text)]
    options = ["--to", str(edl), "--render", str(folder / "clips"), "--captions", "none", "--json"]
    run = CliRunner().invoke(app, ["clip", str(alignment), *asked, *options])
    assert run.exit_code == 0, run.stderr
    return edl, [Path(one["files"][0]) for one in json.loads(run.stdout)["clips"]]
