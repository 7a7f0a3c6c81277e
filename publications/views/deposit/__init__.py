"""The deposit: what a researcher does from the first PDF to the published paper. One file for each place."""
