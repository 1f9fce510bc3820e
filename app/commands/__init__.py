"""The commands: each parses its options, calls one job and prints the result."""
