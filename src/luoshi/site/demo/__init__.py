"""A ledger of real facts, built by the same commands as any other.

What the sources leave open stays open.
"""
