"""What is known of words: vocabularies, their forms, what the page itself prints, marks, and how letters are confused.

Imports records only. The candidates and the guard ask it.
"""
