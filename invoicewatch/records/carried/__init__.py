"""What a document carries beside its fields: lines and taxes, codes on its pages, a signature, a verdict on its XML.

Part of ``records``; imports its sisters there alone.
"""
