"""The figure of the bundled example, aligned: `python docs/harbour_figure.py DIR/harbour.alignment.json`."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

import numpy as np

from asdelivered.align import Alignment, load
from asdelivered.media import open_recording
from asdelivered.media.decode import decode_speech

HERE = Path(__file__).resolve().parent
WIDTH, ROWS, PIXELS_A_SECOND = 960, 4, 80
SECONDS = WIDTH / PIXELS_A_SECOND
ROW, SOUND, TOP = 104, 36, 8


def figure(alignment: Alignment, loudness: np.ndarray[tuple[int], np.dtype[np.float32]]) -> str:
    """Return the first seconds of an alignment as SVG, in rows; `loudness` has 100 values per second, 0 to 1."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {ROWS * ROW + TOP}" role="img" '
        'font-family="sans-serif" font-size="11">',
        "<title>The sound of the example, and each word of its page where it was said</title>",
        f'<rect width="{WIDTH}" height="{ROWS * ROW + TOP}" fill="#fff"/>',
    ]
    for row in range(ROWS):
        begin, middle = row * SECONDS, TOP + row * ROW + SOUND
        for span in alignment.untranscribed:
            left, right = (max(0.0, min(SECONDS, time / 1000 - begin)) for time in (span.start, span.end))
            if right > left:
                parts.append(
                    f'<rect x="{left * PIXELS_A_SECOND:.1f}" y="{middle - SOUND}" '
                    f'width="{(right - left) * PIXELS_A_SECOND:.1f}" height="{ROW - 14}" fill="#e0e0e0"/>'
                )
        values = loudness[int(begin * 100) : int((begin + SECONDS) * 100)]
        path = "".join(
            f"M{at / 100 * PIXELS_A_SECOND:.1f} {middle - 30 * value:.0f}v{60 * value:.0f}"
            for at, value in enumerate(values)
            if value > 0.01
        )
        parts.append(f'<path d="{path}" stroke="#607d8b" stroke-width="0.7"/>')
        for number, word in enumerate(word for line in alignment.lines for word in line.words):
            if word.span is None or word.confidence is None:
                continue
            left, right = word.span.start / 1000 - begin, word.span.end / 1000 - begin
            if 0 <= left < SECONDS:
                shade = round(150 - 150 * word.confidence)
                y = middle + 44 + 14 * (number % 2)
                parts.append(
                    f'<path d="M{left * PIXELS_A_SECOND:.1f} {middle + 33}H{right * PIXELS_A_SECOND:.1f}" '
                    f'stroke="rgb({shade},{shade},255)" stroke-width="2"/>'
                    f'<text x="{left * PIXELS_A_SECOND:.1f}" y="{y}" fill="rgb({shade},{shade},{shade})">'
                    f"{escape(word.text)}</text>"
                )
    return "\n".join((*parts, "</svg>", ""))


if __name__ == "__main__":
    alignment = load(sys.argv[1])
    recording = open_recording(HERE.parent / "examples" / "harbour.opus")
    samples = np.concatenate([block.astype(np.float32) for block in decode_speech(recording)])
    peaks = np.abs(samples[: len(samples) // 160 * 160].reshape(-1, 160)).max(axis=1)
    (HERE / "harbour.svg").write_text(figure(alignment, peaks / peaks.max()), encoding="utf-8")
