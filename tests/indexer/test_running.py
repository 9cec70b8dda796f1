"""Running titles and page numbers are taken out, and nothing else."""

from indexer.readings import Block, Page
from indexer.running import without_running


def _pages(*texts: tuple[str, ...]) -> list[Page]:
    return [Page(at, tuple(map(Block, page))) for at, page in enumerate(texts, 1)]


def test_a_running_title_stays_on_its_first_page_only() -> None:
    pages = _pages(
        ("City report 2021", "One.", "1"),
        ("City report 2021", "Two.", "2"),
        ("City report 2021", "Three.", "3"),
    )

    assert without_running(pages) == tuple(
        _pages(("City report 2021", "One."), ("Two.",), ("Three.",))
    )


def test_what_stands_on_two_pages_only_stays() -> None:
    pages = _pages(("Koidu", "One."), ("Koidu", "Two."), ("Banjul", "Three."))

    assert without_running(pages) == tuple(pages)


def test_a_repeated_line_in_the_middle_of_pages_stays() -> None:
    page = ("a", "b", "c", "the same", "d", "e", "f")
    pages = _pages(*[tuple(f"{text}{at * 'x'}" if text != "the same" else text for text in page)
                     for at in range(5)])  # fmt: skip

    assert without_running(pages) == tuple(pages)
