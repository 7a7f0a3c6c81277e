"""Findings or outputs side by side: what was asked, the table, and its files."""
