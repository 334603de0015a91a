"""The command ``doctor`` and its checks: what is needed, whether it is there, and how to mend it.

Imports whatever it checks, when it checks it. ``cli.lazy`` loads it.
"""
