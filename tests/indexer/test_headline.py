"""A document is called what its first page with text shows largest, or first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.headline import LONG, first_headline, headline, other_headline
from indexer.readings import Block, Page

TEXT = "The city pays the carters by the weight of what they bring to the composting yard. " * 4


def _page(*lines: tuple[str, float]) -> list[Block]:
    return [Block(text, size=size) for text, size in lines]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((("Waste in Koidu", 20), (TEXT, 10)), "Waste in Koidu"),
        ((("May 2021", 10), ("Waste in Koidu", 20), (TEXT, 10)), "Waste in Koidu"),
        ((("Meeting report", 20), ("Cities", 40), ("that learn from others", 34), ("x@y.z", 12)),
         "Cities that learn from others"),
        ((("Sorting waste in a city of carts", 20), ("Sam Kamara", 17), (TEXT, 10)),
         "Sorting waste in a city of carts"),
        ((("Waste in Koidu:", 40), ("What the carters say", 20), (TEXT, 10)),
         "Waste in Koidu: What the carters say"),
        ((("SPEECH OF THE MAYOR OF KOIDU", 14), ("Freetown, 25 September 2024", 16)),
         "SPEECH OF THE MAYOR OF KOIDU"),
        ((("17", 40), ("Waste in Koidu", 20), (TEXT, 10)), "Waste in Koidu"),
        (((TEXT, 30), (TEXT, 10)), ""),
        ((("5 May 2021", 20), ("12", 10)), ""),
        ((("Waste in Koidu", 0), ("They sort it.", 0)), "Waste in Koidu"),
        ((), ""),
    ],
)  # fmt: skip
def test_the_largest_letters_are_the_title(
    lines: tuple[tuple[str, float], ...], title: str
) -> None:
    assert headline(_page(*lines)) == title


SPEECH = [("Friends, colleagues,", 12), *[("We sort our waste.", 12)] * 5]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("What a city of carts has to say",), "What a city of carts has to say"),
        (("Speech", "of the mayor of Koidu"), "Speech of the mayor of Koidu"),
        (("We are glad to be here today.",), ""),
        (("Speech", "We are glad to be here."), ""),
        ((TEXT,), ""),
    ],
)
def test_where_all_letters_are_alike_the_first_line_is(lines: tuple[str, ...], title: str) -> None:
    assert headline(_page(*((line, 12.0) for line in lines), *SPEECH)) == title


def test_a_picture_may_stand_before_the_title() -> None:
    pages = [Page(1, reason="empty-text"), Page(2, tuple(_page(("Waste in Koidu", 20.0))))]

    assert first_headline(pages) == "Waste in Koidu"
    assert first_headline([Page(3, pages[1].blocks)]) == ""
    assert first_headline([]) == ""


PLAN = Page(1, tuple(_page(("City of Koidu: the waste plan", 20.0), (TEXT, 10.0))))


@pytest.mark.parametrize(
    ("known", "page", "title"),
    [
        ("CLIMATE ACTION PLAN", PLAN, "City of Koidu: the waste plan"),
        ("Waste plan of Koidu", PLAN, ""),
        ("Waste plan of Koidu, a climate action plan", PLAN, ""),
        ("State of the carts 2014", Page(1, (Block("DRAFT", size=30.0),)), ""),
        (
            "城市废物管理计划",
            Page(1, (Block("城市废物", size=30.0), Block("管理计划", size=30.0))),
            "",
        ),
    ],
)
def test_a_known_title_gives_way_only_to_a_whole_other_one(
    known: str, page: Page, title: str
) -> None:
    assert other_headline(known, page) == title


@pytest.mark.parametrize("title", ["World Cities Report 2022", "Vision 2030", "SDG 11"])
def test_a_title_with_a_number_is_no_date(title: str) -> None:
    assert headline(_page((title, 30), ("Envisaging the Future", 14), (TEXT, 10))).startswith(title)


def test_a_long_word_takes_no_longer_than_others() -> None:
    assert headline([Block("a" * 200_000, size=10.0)]) == ""


@given(
    st.lists(
        st.builds(
            Block,
            st.text(min_size=1, max_size=400),
            size=st.floats(0, 100) | st.sampled_from((10.0, 20.0)),
        )
    )
)
def test_a_title_is_short_and_of_the_page(blocks: list[Block]) -> None:
    title = headline(blocks)

    assert len(title) <= LONG
    assert set(title.split()) <= {word for block in blocks for word in block.text.split()}
