"""The numbers by which candidates are ranked and probabilities are made: one data file a question, and their loader.

Imports no other room of ``extract``. Every room that ranks or rates names its features; what they weigh stands here.
"""
