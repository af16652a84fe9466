"""A ledger of real facts, built through the same commands as any other: what the sources leave open stays open."""
