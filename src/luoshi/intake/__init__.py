"""收表: the sheets of an office become matters of the ledger."""
