"""What a document carries beside its print: codes on its pages, the signature around it.

Part of ``records``; imports its sisters there alone.
"""
