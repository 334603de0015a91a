"""Is an e-invoice valid? Schemas and rules, checked in a process of their own under limits.

Imports records and settings. ``wiring`` and ``answers`` call its checker.
"""
