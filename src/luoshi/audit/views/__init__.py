"""Doors of the audit list."""
