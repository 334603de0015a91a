"""The generator of sample scans with their truth: ``python -m invoicewatch.samples OUT_DIR``."""
