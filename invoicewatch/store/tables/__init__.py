"""The tables as SQLModel classes, and the column types that keep a value exact.

Imports ``database``. Only writers import it: it loads SQLAlchemy.
"""
