"""Quotes in a text: found however they were misquoted."""
