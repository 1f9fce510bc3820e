"""The accuracy plot, drawn from the benchmark's table: `python docs/edges_figure.py`.

It reads docs/benchmarks/accuracy.md and writes edges.svg next to it: for each recording, the shares of line starts and
line ends within 100 ms of the truth, for asdelivered and for aeneas with its wider margin.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = {
    "event-clean": "an hour of clear synthetic speech",
    "event-hall": "the same text in a hall, with ad-libs",
    "real-en-kathleen": "one reader, US English",
    "real-de-kerstin": "one reader, German",
    "real-en-ocean": "many speakers, strong accents",
    "real-en-mixed-mismatch": "both mixed, echo, a text that differs",
}
PROGRAMS = {"asdelivered": "#00695c", "aeneas-200": "#b0bec5"}
STARTS, ENDS = "line starts ≤ 100 ms", "line ends ≤ 100 ms"
LEFT, PANEL, GAP, TOP, ROW, BAR = 260, 270, 40, 62, 44, 15


def shares(markdown: str) -> dict[tuple[str, str], dict[str, float]]:
    """Return the columns of percentages of the summary table, by recording and program."""
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    head, *rest = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in rest if len(row) == len(head) and row[1] in PROGRAMS and row[0] in NAMES]
    return {
        (row[0], row[1]): {
            name: float(cell.removesuffix(" %"))
            for name, cell in zip(head, row, strict=True)
            if cell.endswith(" %")
        }
        for row in rows
    }


def figure(found: dict[tuple[str, str], dict[str, float]]) -> str:
    """Return the plot as SVG."""
    width, height = LEFT + 2 * PANEL + GAP + 60, TOP + len(NAMES) * ROW + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#263238">',
        "<title>Line starts and line ends within 100 ms of the truth: asdelivered and aeneas</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (program, colour) in enumerate(PROGRAMS.items()):
        at = LEFT + number * 130
        parts.append(f'<rect x="{at}" y="10" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{at + 18}" y="21">{program}</text>')
    for panel, column in enumerate((STARTS, ENDS)):
        left = LEFT + panel * (PANEL + GAP)
        parts.append(f'<text x="{left}" y="{TOP - 10}" font-weight="bold">{column}</text>')
        for row, event in enumerate(NAMES):
            for place, (program, colour) in enumerate(PROGRAMS.items()):
                share, top = found[event, program][column], TOP + row * ROW + place * (BAR + 1)
                length = share / 100 * (PANEL - 54)
                parts.append(
                    f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>'
                    f'<text x="{left + length + 5:.1f}" y="{top + 12}" font-size="11">{share} %</text>'
                )
    for row, name in enumerate(NAMES.values()):
        parts.append(f'<text x="{LEFT - 12}" y="{TOP + row * ROW + 20}" text-anchor="end">{name}</text>')
    return "\n".join((*parts, "</svg>", ""))


if __name__ == "__main__":
    table = (HERE / "benchmarks" / "accuracy.md").read_text("utf-8")
    (HERE / "benchmarks" / "edges.svg").write_text(figure(shares(table)), encoding="utf-8")
