"""What figures of a served ledger need: a ledger of any size, servers, cheap clients."""
