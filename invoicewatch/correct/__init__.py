"""From raw to corrected text: candidates, the model's choice, and the guard that judges every edit.

Imports records and settings. ``wiring`` calls it; a processor is an entry point.
"""
