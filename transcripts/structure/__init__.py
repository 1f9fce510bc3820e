"""The structure of a page: who speaks, what is said, and what is only printed."""
