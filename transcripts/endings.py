"""How the names of transcripts end, for whoever chooses among files without opening them; imports nothing."""

from __future__ import annotations

TRANSCRIPT_ENDINGS = (
    *(
        ".txt",
        ".html",
        ".htm",
        ".xhtml",
        ".docx",
        ".odt",
        ".rtf",
        ".mhtml",
        ".mht",
        ".eml",
        ".webarchive",
        ".pdf",
    ),
    *(".md", ".markdown", ".otr", ".srt", ".vtt", ".ass", ".ttml"),
)
"""Of files that are hardly anything else; of several files of an event, the first of these is its transcript."""
SHARED_ENDINGS = (".xml", ".json", ".csv", ".tsv")
"""Of transcripts, and of much else."""
