"""The server of the review page: its routes, and what they take and answer."""
