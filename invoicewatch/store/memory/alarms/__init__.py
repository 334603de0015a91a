"""What earlier records say against a new one: another account, another VAT id, a strange total, a number used before.

Imports ``memory``'s lessons and twins, ``index`` and ``tables``. ``store.records`` calls it with every document.
"""
