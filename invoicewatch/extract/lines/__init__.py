"""What a bill is made of: its lines and its tax by rate, from the e-invoice's XML or from the table on the page.

Imports ``einvoice`` and ``total``. ``wiring`` calls it once the fields stand, for a table is believed by its sums.
"""
