"""Luoshi (落实): from the plan on paper to the finished work, and the proof of it."""
