"""The XML of parliaments, which says who speaks, what is a heading and what a note; any other XML is refused."""

from asdelivered.transcripts.formats.parliaments.read import read

__all__ = ["read"]
