"""The law of taking sheets in: what a row wants of the ledger, and the steps towards it."""
