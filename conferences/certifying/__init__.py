"""Certificates: who has earned one by what is recorded, their words, and their PDFs."""
