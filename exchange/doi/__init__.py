"""Deposit files for registries of DOIs, each checked against the registry's own schema before anything is sent."""
