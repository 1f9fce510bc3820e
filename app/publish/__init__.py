"""The page to publish: one file with the text, its times, and what it takes to play them."""
