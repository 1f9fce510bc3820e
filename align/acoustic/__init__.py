"""The acoustic side of forced alignment: features, adaptation, networks of states, and the search through them."""
