"""What the rankings weigh by: one data file a question, numbers or fitted trees, and the code that reads it.

Imports no other room of ``extract``. Every room that ranks or rates names its features; what they weigh stands here.
"""
