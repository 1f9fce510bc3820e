"""PDF files: the lines of each page, and the paragraphs they make."""

from asdelivered.transcripts.formats.pdf.file import read

__all__ = ["read"]
