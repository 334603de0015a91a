"""Who may come in: people, their passwords, sessions, one-time links and tokens.

Imports argon2 and what writes the log, and knows nothing of HTTP. The guard, the pages and the command ``web`` call it.
"""
