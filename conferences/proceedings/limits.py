"""What the making of a volume may cost, and what its parts agree upon."""

MEMORY_BYTES = 3 * 1024**3
STAMP_SECONDS = 60  # for one portion of papers
JOIN_SECONDS = 240
FILE_BYTES = 2 * 1024**3
OPEN_FILES = 1024
ANSWER_BYTES = 1024 * 1024
AT_ONCE = 8  # papers in one portion: progress is told after each
MOST_PAPERS = 1000
TARGET = "kesos:"  # links in contents and index begin with it, followed by the page printed
