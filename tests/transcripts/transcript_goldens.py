"""Write what is read from `pages/` to `goldens/`: run it after a change that is meant, and read what changed."""

from pathlib import Path

from asdelivered.transcripts.model import Line, LineKind, TokenKind, Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.structure.speakers.roster import list_speakers

HERE = Path(__file__).resolve().parent
PAGES, GOLDENS = HERE / "pages", HERE / "goldens"


def golden(page: Transcript) -> str:
    """A page as text to read: what is known of it, its speakers, and each line with its kind ("?": in doubt)."""
    rows = [
        f"{name}: {getattr(page, name)}"
        for name in ("format", "language", "title", "occasion", "place", "date", "delivery")
    ]
    rows += [
        f"speaker: {speaker.name} | {speaker.role or ''} | {'; '.join(speaker.labels)} | {speaker.turns} turns"
        for speaker in list_speakers(page)
    ]
    for turn in page.turns:
        rows.append(f"\n{turn.id} {turn.speaker or '-'}")
        rows += [
            f"  {line.kind.value + '?' * bool(line.optional):<10}{marked(line)}"
            for line in turn.lines
            if line.kind is not LineKind.BLANK
        ]
    return "\n".join(rows) + "\n"


def marked(line: Line) -> str:
    """The text of a line, with {} around what is not heard and ?? around what nobody could hear."""
    signs = {TokenKind.SILENT: "{%s}", TokenKind.UNKNOWN: "?%s?", TokenKind.WORD: "%s"}
    return " ".join(signs[token.kind] % token.text for token in line.tokens) if line.tokens else line.text


def main() -> None:
    """Write all goldens."""
    for page in sorted(PAGES.iterdir()):
        (GOLDENS / f"{page.name}.golden").write_text(golden(read_transcript(page)), encoding="utf-8")


if __name__ == "__main__":
    main()
