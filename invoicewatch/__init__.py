"""Turn a folder of scanned invoices into figures that can be trusted, on your own machine."""

__version__ = "0.1.0"
