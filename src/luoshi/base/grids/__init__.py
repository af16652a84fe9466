"""Sheets in and out: ``reading`` from a stranger's file to grids, ``writing`` from rows to files.

Nothing is imported here: the reading process loads only what it needs.
"""
