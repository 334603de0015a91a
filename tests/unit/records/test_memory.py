"""Snapshots of what earlier documents proved."""

from invoicewatch.records import Memory, SellerMemory


def test_two_databases_of_one_version_have_memories_of_their_own():
    mine = Memory(3, (SellerMemory("Acme Ltd", 2),))
    assert mine.is_same_as(Memory(3, (SellerMemory("Acme Ltd", 2),)))
    assert not mine.is_same_as(Memory(3, (SellerMemory("Bolt GmbH", 2),)))
    assert not mine.is_same_as(Memory(4, mine.sellers))
