"""The history of the schema, and the environment in which Alembic runs it.

Imports the tables. ``store.database.migrate`` runs it on the first write by a newer program.
"""
