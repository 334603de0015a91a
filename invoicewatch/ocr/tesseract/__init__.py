"""The first engine: Tesseract as a program or a library, its languages and its output.

Imports the helpers of ``ocr``. Found by its entry point.
"""
