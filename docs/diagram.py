"""The diagram of the architecture, drawn from the contract that import-linter checks."""

from __future__ import annotations

from html import escape

WIDTH, ROW, BOX, MARGIN = 640, 96, 56, 20

WHAT = {
    "app": "the commands: they parse, call and print",
    "review": "the page where a person checks and corrects",
    "clips": "quotes cut and rendered",
    "archive": "many events, one database",
    "batch": "many events, many cores",
    "subtitles": "cues under a style; formats; checks",
    "align": "engines, anchors, forced alignment; the Alignment",
    "media": "recordings: decoding, speech, cut-lists",
    "transcripts": "pages: lines, speakers, spoken forms",
    "base": "time spans, files, processes, progress, errors",
}
"""What each package holds, in the few words that fit into its box."""


def svg(layers: list[list[str]]) -> str:
    """Return the layers as boxes, the top layer first, with an arrow from each to the next layer that it may import."""
    height = (len(layers) - 1) * ROW + BOX + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="14">',
        f"<title>{escape(' may import '.join(' and '.join(layer) for layer in layers))}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0L8 4L0 8z" fill="#607d8b"/></marker></defs>',
    ]
    for row, layer in enumerate(layers):
        for name, left, width in boxes(layer):
            top = MARGIN + row * ROW
            lines.append(
                f'<rect x="{left}" y="{top}" width="{width}" height="{BOX}" rx="6" fill="#eceff1" stroke="#607d8b"/>'
                f'<text x="{left + width / 2}" y="{top + 23}" text-anchor="middle" font-weight="bold" '
                f'fill="#263238">{escape(name)}</text>'
                f'<text x="{left + width / 2}" y="{top + 43}" text-anchor="middle" font-size="12" '
                f'fill="#263238">{escape(WHAT.get(name, ""))}</text>'
            )
            for _, below, across in boxes(layers[row + 1]) if row + 1 < len(layers) else ():
                start = below + across / 2 if len(layer) == 1 else left + width / 2
                lines.append(
                    f'<line x1="{start}" y1="{top + BOX}" x2="{below + across / 2}" y2="{top + ROW - 1}" '
                    'stroke="#607d8b" stroke-width="1.5" marker-end="url(#tip)"/>'
                )
    return "\n".join((*lines, "</svg>", ""))


def boxes(layer: list[str]) -> list[tuple[str, float, float]]:
    """Return the boxes of a row: name, left edge, width."""
    width = (WIDTH - 2 * MARGIN - (len(layer) - 1) * MARGIN) / len(layer)
    return [(name, MARGIN + place * (width + MARGIN), width) for place, name in enumerate(layer)]
