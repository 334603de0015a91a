"""What proves that a value was read right, how it goes into a field, and how sure an answer is.

Imports ``amounts`` and ``page``. What proves a role lives with that role (``total/role.py``, ``dates/issue.py``).
"""
