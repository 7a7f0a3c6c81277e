"""Dates as the site writes them, day first and with whole month names; the rest is Django's."""
