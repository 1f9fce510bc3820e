"""Find quotes in a text, however they were misquoted."""
