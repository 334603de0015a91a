"""What a person should look at: what speaks against a document, and what is asked about it.

Everything that judges, keeps or shows a record imports it.
"""
