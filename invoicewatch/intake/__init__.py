"""From a folder to claimed bytes: scan, settle, claim, file away. What to do is decided apart from doing it."""
