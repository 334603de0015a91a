"""The API for programs, ``/api/v1``: the same records and the same JSON as the command line.

Imports ``guard`` and the answers. The app puts its routes together; ``described`` writes the OpenAPI document of them.
"""
