"""Mend what OCR misread, without ever inventing a figure."""
