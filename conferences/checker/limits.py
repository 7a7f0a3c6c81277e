"""How much a manuscript may cost."""

MIB = 1024 * 1024
MEMORY_BYTES = 1024 * MIB
SECONDS = 20.0
MOST_BYTES = 25 * MIB  # of the file
OUTPUT_BYTES = 60 * MIB
