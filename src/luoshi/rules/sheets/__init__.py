"""Sheets: from grids of cells to what a row says."""
