"""How much of a foreign file is read before it is refused."""

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024  # a .gz, while it streams
MAX_TEXT_BYTES = 20 * 1024 * 1024  # formats that are parsed as a whole: BibTeX, CSL-JSON
MAX_XLSX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_PASTED_CHARS = 200_000
MAX_ROWS = 500_000
MAX_COLUMNS = 200
MAX_CELL_CHARS = 60_000
MAX_LINE_BYTES = 1024 * 1024
MAX_VALUES = 500  # in one cell: authors, keywords
MAX_BLANK_ROWS = 10_000  # a stray cell in the last row of a sheet is not worth a million empty ones
MAX_BRACE_DEPTH = 40

# What the columns of `Version`, `Contributor` and `Identifier` hold.
MAX_TITLE = 500
MAX_NAME = 200
MAX_AFFILIATION = 300
MAX_KEYWORD = 100
MAX_SOURCE_ID = 200
MAX_URL = 300
