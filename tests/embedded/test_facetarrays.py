"""Counts of facets are those of counting one by one."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.embedded.facetarrays import EveryFacet, FacetArrays
from engine.facets import ranked

VALUES = ("covid-19", "drr", "tourism", "waste")
Column = list[set[str]]
columns = st.integers(0, 12).flatmap(
    lambda size: st.tuples(
        *(
            st.lists(st.sets(st.sampled_from(VALUES)), min_size=size, max_size=size)
            for _ in range(3)
        ),
        st.sets(st.integers(0, size - 1)).map(sorted) if size else st.just([]),
    )
)


def facet(column: Column) -> FacetArrays:
    """Return a facet in which document i has the values column[i]."""
    uses = [(VALUES.index(v), owner) for owner, values in enumerate(column) for v in sorted(values)]
    codes, owners = np.array(uses, np.int32).reshape(-1, 2).T
    return FacetArrays(VALUES, codes, owners, len(column))


def counted(column: Column, documents: list[int]) -> Counter[str]:
    """Count one by one."""
    return Counter(value for document in documents for value in column[document])


@settings(max_examples=60)
@given(drawn=columns)
def test_documents_are_counted_by_value(
    drawn: tuple[Column, Column, Column, list[int]],
) -> None:
    *every, chosen = drawn
    documents = np.array(chosen, np.int32)
    expected = {str(number): counted(column, chosen) for number, column in enumerate(every)}
    facets = {str(number): facet(column) for number, column in enumerate(every)}
    assert {name: each.counts(documents) for name, each in facets.items()} == expected
    assert EveryFacet(facets).ranked(documents) == {
        name: ranked(counts, ()) for name, counts in expected.items()
    }


@settings(max_examples=60)
@given(drawn=columns, chosen=st.sets(st.sampled_from((*VALUES, "unknown"))))
def test_documents_with_a_chosen_value_are_flagged(
    drawn: tuple[Column, Column, Column, list[int]], chosen: set[str]
) -> None:
    column = drawn[0]
    assert facet(column).having(chosen).tolist() == [bool(values & chosen) for values in column]
