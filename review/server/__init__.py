"""The server of the review page: its routes, what they take and answer, and who may ask."""
