"""From readings to fields: every claim with its evidence.

Imports records and settings. Its rooms stand in an order, lowest first: labels and weights, which are data, page,
amounts, proof, parties, then dates, numbers, kind, currency and total, then einvoice, then what judges the
whole. ``wiring`` calls it.
"""
