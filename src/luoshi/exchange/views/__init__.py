"""The exchange's pages."""
