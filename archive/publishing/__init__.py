"""An archive on the web: pages, feeds, a site map, and captions and chapters beside them."""
