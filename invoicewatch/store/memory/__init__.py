"""What documents say of one another: what was learned of sellers, and likely twins.

Imports ``tables``. ``records`` calls it with every document.
"""
