"""Invented findings of the sample outputs."""
