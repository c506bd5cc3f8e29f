"""How much of a file is read at all. Nothing that people keep by hand comes near these."""

MOST_BYTES = 1024 * 1024
MOST_ENTRIES = 2000
MOST_COLUMNS = 50
# In characters of one field.
LONGEST_FIELD = 4000
_LISTS = dict.fromkeys(("links", "sections", "title_variants", "unverified"), 20_000)
LONGEST = {"key": 200, "title": 300, "venue": 300, "length": 100, "pages": 100, **_LISTS}
LONGEST_AUTHORS = 100_000
# As LaTeX, a sign may take two dozen characters.
LONGEST_LATEX = 100_000
# What has unusual commands in it takes thirty times as long to read.
LONGEST_WHOLE = 10_000
LONGEST_NAME = 200
LONGEST_TAG = 100
LONGEST_SECTION_ID = 50
MOST_AUTHORS = 1000
MOST_LISTED = 100
# Braces within braces, or lists within lists.
DEEPEST = 40
# Characters of all fields of all entries together: a short file may stand for a long text.
MOST_TEXT = 2 * MOST_BYTES

# Of the process that reads. Loading the libraries takes 0.3 s and 60 MB of it.
MOST_SECONDS = 10
MOST_PROCESSOR_SECONDS = 9
MOST_MEMORY = 512 * 1024 * 1024
