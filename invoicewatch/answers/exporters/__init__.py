"""One file a format: rows of figures in, a file out."""
