"""The pages of the notices."""
