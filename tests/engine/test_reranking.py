"""Meaning counts as the form of a query says, and orders only what the engine found."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import Document, Passage
from engine.protocol import Found
from engine.reranking import WEIGHTS, Form, form, reranked


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what went wrong when cities sorted waste?", "question"),
        ("how do small islands pay for it", "question"),
        ("¿Cómo se financia el reciclaje", "question"),
        ("pourquoi les femmes ne participent pas", "question"),
        ("как города собирают мусор", "question"),
        ("ما هي الدروس المستفادة", "question"),
        ("城市如何处理垃圾", "question"),
        ("lessons from cities that began to sort their household waste", "question"),
        ("waste sorting pilots", "keywords"),
        ("dengue early warning", "keywords"),
        ("垃圾分类", "keywords"),
        ("WASTE SORTING", "keywords"),
        ("e-commerce training 2021", "title"),
        ("SSTC spotlight", "title"),
        ("Green Growth Strategy", "title"),
        ('"waste sorting"', "exact"),
        ("waste -plastic", "exact"),
        ("waste OR refuse", "exact"),
        ("what is e-commer*", "exact"),
        ("", "keywords"),
    ],
)
def test_the_form_of_a_query_is_seen(text: str, wanted: Form) -> None:
    assert form(text) == wanted


@given(st.text())
def test_any_text_has_a_form(text: str) -> None:
    assert form(text) in WEIGHTS


def test_what_is_asked_for_exactly_is_not_weighed_again() -> None:
    assert WEIGHTS["exact"] == 0


SCORES = st.lists(st.floats(0.001, 50), max_size=5)
NEARNESS = st.one_of(st.none(), st.floats(-1, 1))


@st.composite
def findings(draw: st.DrawFn) -> tuple[list[Found], list[float | None]]:
    """Draw documents as an engine gives them, and how near each of their passages is."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        scores = sorted(draw(SCORES), reverse=True)
        passages = tuple(Passage(page, f"{number}") for page in range(1, len(scores) + 1))
        document = Document(id=str(number), file="", title="")
        found.append(Found(document, max(scores, default=1.0), passages, number, tuple(scores)))
    found.sort(key=lambda each: each.score, reverse=True)
    count = sum(len(each.passages) for each in found)
    return found, draw(st.lists(NEARNESS, min_size=count, max_size=count))


@given(findings(), st.floats(0, 1), st.integers(1, 4))
def test_no_document_or_passage_is_lost_or_made(
    drawn: tuple[list[Found], list[float | None]], weight: float, shown: int
) -> None:
    found, nearness = drawn
    before = {each.document.id: each for each in found}

    after = reranked(found, nearness, weight, shown)

    assert sorted(before) == sorted(each.document.id for each in after)
    for each in after:
        own = before[each.document.id]
        assert set(each.passages) <= set(own.passages)
        assert len(set(each.passages)) == len(each.scores) <= shown
        assert bool(each.passages) == bool(own.passages)
        assert own.more_passages + len(own.passages) == each.more_passages + len(each.passages)


@given(findings(), st.integers(1, 4))
def test_without_weight_the_order_stays(
    drawn: tuple[list[Found], list[float | None]], shown: int
) -> None:
    found, nearness = drawn

    after = reranked(found, nearness, 0.0, shown)

    assert [each.document.id for each in after] == [each.document.id for each in found]
    assert all(
        each.passages == own.passages[: len(each.passages)]
        for each, own in zip(after, found, strict=True)
    )


@given(findings(), st.integers(1, 4))
def test_where_meaning_alone_counts_the_nearest_passages_come_first(
    drawn: tuple[list[Found], list[float | None]], shown: int
) -> None:
    found, nearness = drawn
    near = [each or 0.0 for each in nearness]
    ends = list(accumulate((len(each.passages) for each in found), initial=0))
    nearest = {
        each.document.id: max(near[start:end], default=None)
        for each, start, end in zip(found, ends, ends[1:], strict=False)
    }

    after = reranked(found, near, 1.0, shown)

    order = [nearest[each.document.id] for each in after]
    known = [near for near in order if near is not None]
    assert known == sorted(known, reverse=True)


def test_documents_without_vectors_stay_as_they_are() -> None:
    found = Found(Document("a", "", ""), 3.0, (Passage(2, "x"), Passage(1, "y")), 1, (3.0, 2.0))

    assert reranked([found], [None, None], 0.6, 3) == (found,)
