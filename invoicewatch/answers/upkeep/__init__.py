"""What is kept, looked after: copied and put back, compared with the files, memory and settings shown and forgotten.

Imports ``answers.atomic``, ``answers.transaction``, the store and the daemon's lock. The command line calls it.
"""
