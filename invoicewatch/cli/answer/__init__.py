"""Commands by which a person says what is right: ``review`` and ``set``, with the pixels beside the question.

Imports ``answers``, and from ``cli.find`` how a record looks. ``cli.lazy`` loads it.
"""
