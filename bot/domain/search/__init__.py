"""Search: from whatever somebody types to the theory they mean.

Names, aliases, titles, authors, years, identifiers, links, tags and text all lead to a
theory, in spite of typos, in any order and half typed. The index is prepared once, and a
query then costs about the same with nine theories as with ten thousand.
"""

from bot.domain.search.hits import Hit, LookUp, Reason
from bot.domain.search.index import SearchIndex

__all__ = ["Hit", "LookUp", "Reason", "SearchIndex"]
