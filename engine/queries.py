"""A query as every engine takes it, and the limits that all of them keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Sort = Literal["relevance", "newest", "oldest", "title"]
Match = Literal["auto", "all", "any"]
SORTS: tuple[Sort, ...] = get_args(Sort)
MATCHES: tuple[Match, ...] = get_args(Match)

PER_PAGE = 10
MOST_PER_PAGE = 100
WINDOW = 1_000
"""Documents that can be paged through; an engine never ranks deeper."""
PASSAGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for.

    `filters` maps facet names to chosen values: OR inside a facet, AND between facets. `since`
    and `until` are dates as in `engine.dates`, or empty; a document counts when its date, as
    precise as it is known, overlaps them. `sort` is empty for the default: relevance with a
    text, newest without. `page` counts from 1. `passages` is the most that come with a document.
    `glossary` tells to look for other forms of the concepts in the text too.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    sort: Sort | Literal[""] = ""
    match: Match = "auto"
    page: int = 1
    per_page: int = PER_PAGE
    passages: int = PASSAGES_SHOWN
    glossary: bool = True

    @property
    def order(self) -> Sort:
        """The sort that applies."""
        return self.sort or ("relevance" if self.text.strip() else "newest")


def uncapitalised(text: str) -> str:
    """Return a text in small letters if all of it is in capitals, which then say nothing."""
    return text.lower() if text.isupper() else text
