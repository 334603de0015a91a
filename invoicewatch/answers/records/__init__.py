"""One record: found by what a person says, corrected, erased, and who the person is.

Imports ``answers.transaction`` and the store. ``answers.review``, ``answers.runs`` and the command line call it.
"""
