"""The second engine: RapidOCR's models on OpenVINO, its lines cut, read and spaced.

Imports the helpers of ``ocr``. Found by its entry point.
"""
