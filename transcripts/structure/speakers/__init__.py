"""Who speaks: the labels of a page, and the list of its speakers."""
