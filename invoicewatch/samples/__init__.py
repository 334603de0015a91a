"""Sample invoices with their truth: invented, laid out, drawn, and damaged like scans.

Imports records only. The demo, the tests, the benchmarks and ``model measure`` call it.
"""
