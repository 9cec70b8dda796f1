"""What readers see for the values of the index: labels, names of languages, dates in words."""

from pathlib import PurePosixPath

from engine.vocabulary import DEFAULT_LANGUAGE, Vocabulary

INTERFACE = DEFAULT_LANGUAGE
"""The language that pages are in."""

FACETS = {
    "cluster": "Cluster",
    "type": "Type",
    "section": "Part of the document",
    "year": "Year",
    "country": "Country",
    "city": "City",
    "partner": "Partner",
    "language": "Language",
}
SECTIONS = {
    "lessons": "Lessons learned",
    "challenges": "Challenges",
    "recommendations": "Recommendations",
    "practice": "Practice",
    "results": "Results",
    "other": "Other parts",
}
SORTS = {
    "relevance": "Best match",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "Title, A–Z",
}
LANGUAGES = {
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "cs": "Czech",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "ms": "Malay",
    "ne": "Nepali",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sw": "Swahili",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
UNREAD = {
    "not-a-pdf": "the file is not a PDF",
    "too-large": "too large",
    "encrypted": "protected by a password",
    "malformed": "damaged",
    "timeout": "reading took too long",
    "memory": "reading needed too much memory",
    "crash": "reading failed",
    "empty-text": "no text",
    "duplicate": "the same as another file",
    "http-error": "could not be fetched",
}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_FORMATS = {".pdf": "PDF", ".html": "Web page", ".htm": "Web page", ".txt": "Text"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def label(vocabulary: Vocabulary, facet: str, value: str) -> str:
    """Return what a reader sees for a value of a facet."""
    if facet == "language":
        return language(value)
    if facet == "section":
        return SECTIONS.get(value, value)
    return vocabulary.label(facet, value, INTERFACE)


def language(code: str) -> str:
    """Return the name of a language; its code where it has no name here."""
    return LANGUAGES.get(code, code)


def direction(code: str) -> str:
    """Return the value of `dir` for text in a language; the browser finds out where none is
    known."""
    if not code:
        return "auto"
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def in_words(day: str) -> str:
    """Return a date in normal form in words: 2021-04-30 is 30 April 2021."""
    year, *rest = day.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return " ".join([*(str(int(number)) for number in rest[1:]), month, year])


def unread(reason: str) -> str:
    """Return why a page could not be read, in words."""
    return UNREAD.get(reason, reason)


def format_of(file: str) -> str:
    """Return the name of a file's format, or nothing where there is no file."""
    suffix = PurePosixPath(file).suffix.lower()
    return _FORMATS.get(suffix, suffix.removeprefix(".").upper())


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: 1 page, 1,204 pages."""
    return f"{number:,} {one if number == 1 else many}"
