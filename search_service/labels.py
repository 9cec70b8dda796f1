"""What readers see for the values of the index, in the language of the page."""

from pathlib import PurePosixPath

from engine.vocabulary import Vocabulary
from search_service import countries
from search_service.interface import Interface, message

FACETS = {
    "cluster": message("Cluster"),
    "type": message("Type"),
    "section": message("Part of the document"),
    "year": message("Year"),
    "country": message("Country"),
    "city": message("City"),
    "partner": message("Partner"),
    "language": message("Language"),
}
SECTIONS = {
    "lessons": message("Lessons learned"),
    "challenges": message("Challenges"),
    "recommendations": message("Recommendations"),
    "practice": message("Practice"),
    "results": message("Results"),
    "other": message("Other parts"),
}
SORTS = {
    "relevance": message("Best match"),
    "newest": message("Newest first"),
    "oldest": message("Oldest first"),
    "title": message("Title, A–Z"),
}
UNREAD = {
    "not-a-pdf": message("the file is not a PDF"),
    "too-large": message("too large"),
    "encrypted": message("protected by a password"),
    "malformed": message("damaged"),
    "timeout": message("reading took too long"),
    "memory": message("reading needed too much memory"),
    "crash": message("reading failed"),
    "empty-text": message("only a picture, without text"),
    "garbled": message("its letters cannot be told"),
    "unsupported": message("a kind of file that is not read"),
    "duplicate": message("the same as another file"),
    "http-error": message("could not be fetched"),
}
FIELDS = {
    "title": message("Title"),
    "type": FACETS["type"],
    "date": message("Date"),
    "clusters": FACETS["cluster"],
    "countries": FACETS["country"],
    "cities": FACETS["city"],
    "partners": FACETS["partner"],
    "language": FACETS["language"],
}
"""The fields of a document that can be guessed, by their names."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_FORMATS = {".pdf": "PDF", ".html": message("Web page"), ".htm": message("Web page")}
_FORMATS |= {".txt": message("Text")}


def label(ui: Interface, vocabulary: Vocabulary, facet: str, value: str) -> str:
    """Return what a reader sees for a value of a facet."""
    if facet == "country":
        return countries.name(value, ui.code)
    if facet == "language":
        return ui.language(value)
    if facet == "section":
        return section(ui, value)
    return vocabulary.label(facet, value, ui.code)


def section(ui: Interface, name: str) -> str:
    """Return the name of a kind of section."""
    return ui.say(SECTIONS.get(name, name))


def under(ui: Interface, name: str) -> str:
    """Return the name of a kind of section, or nothing for a part that is of no kind."""
    return "" if name == "other" else section(ui, name)


def direction(code: str) -> str:
    """Return the value of `dir` for text in a language; the browser finds out where none is
    known."""
    if not code:
        return "auto"
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def unread(ui: Interface, reason: str) -> str:
    """Return why a page could not be read, in words."""
    return ui.say(UNREAD.get(reason, reason))


def format_of(ui: Interface, file: str) -> str:
    """Return the name of a file's format, or nothing where there is no file."""
    suffix = PurePosixPath(file).suffix.lower()
    known = _FORMATS.get(suffix)
    return ui.say(known) if known else suffix.removeprefix(".").upper()


def documents(ui: Interface, number: int) -> str:
    """Return a number of documents in words."""
    return ui.counted("{n} document", "{n} documents", number)


def pages(ui: Interface, number: int) -> str:
    """Return a number of pages in words."""
    return ui.counted("{n} page", "{n} pages", number)
