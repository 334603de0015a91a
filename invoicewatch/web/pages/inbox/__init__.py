"""The inbox in the browser: files are handed in, and followed until they are records.

Imports the desk where files are handed in and the watch that follows them. The app puts its routes together.
"""
