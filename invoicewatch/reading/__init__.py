"""How a page is read: the cheapest sufficient reading, and when a second engine is asked.

Imports the pages, the engines and what extract is in doubt about; engines are handed in. ``wiring`` builds it, and the
pipeline calls it through that.
"""
