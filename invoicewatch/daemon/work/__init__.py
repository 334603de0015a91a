"""What becomes of a file: claimed, handed out, recorded, filed away, tried again or put in order after a crash.

Imports ``daemon.arrivals``. ``daemon.loop`` calls it.
"""
