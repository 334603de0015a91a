"""The pages that a person sees, a module for each, and what they have in common.

Imports ``guard``, ``paper``, ``words`` and the answers. The app puts them together.
"""
