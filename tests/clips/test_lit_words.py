"""Burned-in captions whose words are lit while they are said."""

from asdelivered.align import Alignment
from asdelivered.clips import EditOptions, clip
from asdelivered.clips.captions import burned_in, clip_cues, spoken_in
from asdelivered.clips.plan import clip_span
from asdelivered.subtitles import find_style


def test_each_word_of_a_caption_is_lit_at_its_own_time(alignment: Alignment, harbour, monkeypatch) -> None:
    monkeypatch.chdir(harbour.parent)
    quote = "They worked at night, in the rain, with the tide against them"
    (one,) = clip(
        alignment,
        [
            quote,
        ],
        edit=EditOptions(),
    ).clips
    start = clip_span(one.clip).start
    said = [
        (word.text, word.span.start - start)
        for line in alignment.lines
        for word in line.words
        if word.span is not None and one.clip.start * 1000 <= word.span.start < one.clip.end * 1000
    ]
    for style in ("vertical", "netflix", "ard"):
        cues = clip_cues(alignment, one.clip, find_style(style))
        lit = [
            (" ".join(caption.lines).split()[number], span.start)
            for caption in burned_in(cues, spoken_in(alignment, one.clip))
            for span, number in caption.lit
        ]
        assert [word for word, _ in lit] == [word for word, _ in said]
        assert all(abs(shown - spoken) <= 50 for (_, shown), (_, spoken) in zip(lit, said, strict=True))
