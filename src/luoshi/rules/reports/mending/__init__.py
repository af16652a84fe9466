"""Mending a report: paragraphs as they were meant, every character with its place of origin."""

from luoshi.rules.reports.mending.assembling import mend
from luoshi.rules.reports.mending.mended import Kind, Mended, Paragraph

__all__ = ["Kind", "Mended", "Paragraph", "mend"]
