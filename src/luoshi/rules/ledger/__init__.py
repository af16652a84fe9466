"""The law of the ledger (台账): what a matter is, what may be done to it, and what follows."""
