"""Show the place on the page that a value was read from, in the terminal."""
