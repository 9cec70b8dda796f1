"""Documents whose words tell their number, so that what a query must find can be calculated."""

from collections.abc import Iterator

from engine.documents import Document, Passage

STEPS = (2, 3, 5, 7)
"""`every3` stands in each third document."""
PAGES = 5
QUERIES = (
    *("", "page5", "every2 page5", "every2 every3", "every5 every7"),
    *(f"every{step}" for step in STEPS),
)
_WORDS_OF_A_PAGE = 90


def written(numbers: range, turn: int) -> Iterator[tuple[Document, tuple[Passage, ...]]]:
    """Yield documents as the write of that turn puts them."""
    return ((_document(number, turn), passages(number, turn)) for number in numbers)


def passages(number: int, turn: int) -> tuple[Passage, ...]:
    """Return the passages of a document, a page each."""
    words = f"report{number} turn{turn} " * (_WORDS_OF_A_PAGE // 2)
    return tuple(Passage(page, f"page{page} {words}") for page in range(1, PAGES + 1))


def total(query: str, size: int) -> int:
    """Return how many of so many documents a query finds."""
    steps = [int(w.removeprefix("every")) for w in query.split() if w.startswith("every")]
    return sum(all(number % step == 0 for step in steps) for number in range(size))


def key(number: int) -> str:
    """Return the id of a document."""
    return f"d{number}"


def _document(number: int, turn: int) -> Document:
    return Document(
        id=key(number),
        file=f"{number}.pdf",
        title=f"Report {number}",
        summary=" ".join(f"every{step}" for step in STEPS if number % step == 0),
        language="en",
        clusters=(f"c{number % 3}",),
        fingerprint=str(turn),
    )
