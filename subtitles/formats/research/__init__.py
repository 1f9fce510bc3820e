"""Formats of linguists and parliaments: words, lines and turns with their times, which only an alignment has."""
