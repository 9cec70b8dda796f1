"""Facets and filters: what is counted, what a filter leaves, and that links keep their promise."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.facets import FACET_NAMES, FacetValue
from engine.protocol import Engine
from engine.queries import Query
from engine.search import Result, search
from tests.contract.corpora import Corpus, ask, counts, document, fill, ids, in_section
from tests.contract.test_against_oracle import corpora, queries


def test_a_facet_counts_documents_and_not_passages(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", "Waste", "Waste", clusters=("waste",))])
    assert counts(ask(engine, "waste"), "cluster") == {"waste": 1}


def test_the_section_facet_counts_documents_too(engine: Engine) -> None:
    twice = (in_section("lessons", "Waste"), in_section("lessons", "Waste"))
    fill(engine, [document("a", "", *twice), document("b", "", in_section("results", "Waste"))])
    assert counts(ask(engine, "waste"), "section") == {"lessons": 1, "results": 1}


def test_a_value_that_a_document_has_twice_counts_once(engine: Engine) -> None:
    fill(engine, [document("a", countries=("Peru", "Peru"))])
    assert counts(ask(engine), "country") == {"Peru": 1}


def test_every_facet_has_the_values_of_its_field(engine: Engine) -> None:
    written = document(
        "a",
        "",
        in_section("lessons", "Waste"),
        clusters=("waste", "drr"),
        type="pilot",
        date="2021-04",
        countries=("Côte d’Ivoire",),
        cities=("Abidjan", "Bouaké"),
        partners=("A & B; C",),
        language="fr",
    )
    fill(engine, [written, document("b", language="", date="")])
    assert {name: counts(ask(engine), name) for name in FACET_NAMES} == {
        "cluster": {"drr": 1, "waste": 1},
        "type": {"pilot": 1},
        "year": {"2021": 1},
        "section": {"lessons": 1},
        "country": {"Côte d’Ivoire": 1},
        "city": {"Abidjan": 1, "Bouaké": 1},
        "partner": {"A & B; C": 1},
        "language": {"fr": 1},
    }


def test_every_facet_is_there_when_nothing_is_found(engine: Engine) -> None:
    fill(engine, [document("a", clusters=("waste",))])
    assert dict(ask(engine, "absent").facets) == dict.fromkeys(FACET_NAMES, ())


def test_most_documents_come_first_then_the_name(engine: Engine) -> None:
    fill(
        engine,
        [
            document("1", clusters=("b", "c")),
            document("2", clusters=("a", "c")),
            document("3", clusters=("c",)),
        ],
    )
    assert list(counts(ask(engine), "cluster").items()) == [("c", 3), ("a", 1), ("b", 1)]


def test_values_inside_a_facet_are_alternatives(engine: Engine) -> None:
    fill(engine, THREE)
    assert ids(ask(engine, filters={"cluster": ("waste", "drr")})) == ["b", "a"]


def test_filters_of_different_facets_must_all_hold(engine: Engine) -> None:
    fill(engine, THREE)
    assert ids(ask(engine, filters={"cluster": ("waste", "drr"), "type": ("news",)})) == ["b"]


def test_a_facet_ignores_its_own_selection(engine: Engine) -> None:
    fill(engine, THREE)
    result = ask(engine, filters={"cluster": ("waste",)})
    assert counts(result, "cluster") == {"drr": 1, "tourism": 1, "waste": 1}


def test_a_facet_applies_every_other_filter(engine: Engine) -> None:
    fill(engine, THREE)
    result = ask(engine, filters={"cluster": ("waste",), "type": ("news",)})
    assert result.total == 0
    assert counts(result, "cluster") == {"drr": 1, "waste": 0}
    assert counts(result, "type") == {"pilot": 1, "news": 0}


def test_a_facet_applies_the_dates(engine: Engine) -> None:
    fill(engine, THREE)
    assert counts(ask(engine, since="2021"), "cluster") == {"drr": 1}


def test_a_selected_value_stays_visible_at_zero(engine: Engine) -> None:
    fill(engine, THREE)
    result = ask(engine, "absent", filters={"cluster": ("waste", "never heard of")})
    assert result.facets["cluster"] == (
        FacetValue("never heard of", 0, selected=True),
        FacetValue("waste", 0, selected=True),
    )


def test_a_filter_of_no_values_filters_nothing(engine: Engine) -> None:
    fill(engine, THREE)
    assert ask(engine, filters={"cluster": (), "section": ()}).total == 3


def test_only_passages_of_the_chosen_sections_match(engine: Engine) -> None:
    lessons = document("lessons", "", in_section("lessons", "Waste"), in_section("other", "Sun"))
    other = document("other", "", in_section("other", "Waste"), in_section("lessons", "Sun"))
    fill(engine, [lessons, other])
    assert ids(ask(engine, "waste", filters={"section": ("lessons",)})) == ["lessons"]


def test_a_title_alone_does_not_pass_the_section_filter(engine: Engine) -> None:
    fill(
        engine,
        [
            document("none", "Waste"),
            document("other", "Waste", in_section("other", "Sun")),
            document("lessons", "Waste", in_section("lessons", "Sun")),
        ],
    )
    assert ids(ask(engine, "waste", filters={"section": ("lessons",)})) == ["lessons"]


def test_without_a_text_the_section_filter_asks_for_a_passage_there(engine: Engine) -> None:
    fill(engine, [document("a", "", in_section("lessons", "Sun")), document("b", "", "Sun")])
    assert ids(ask(engine, filters={"section": ("lessons",)})) == ["a"]
    assert counts(ask(engine), "section") == {"lessons": 1, "other": 1}


def test_other_facets_count_only_what_the_section_filter_leaves(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", "", in_section("lessons", "Waste"), clusters=("waste",)),
            document("b", "", in_section("other", "Waste"), clusters=("drr",)),
        ],
    )
    result = ask(engine, "waste", filters={"section": ("lessons",)})
    assert counts(result, "cluster") == {"waste": 1}
    assert counts(result, "section") == {"lessons": 1, "other": 1}


def test_an_exclusion_looks_into_all_sections(engine: Engine) -> None:
    passages = (in_section("lessons", "Waste"), in_section("other", "Lima"))
    fill(engine, [document("a", "", *passages)])
    assert ask(engine, "waste -lima", filters={"section": ("lessons",)}).total == 0


@pytest.mark.parametrize(
    ("date", "since", "until", "found"),
    [
        ("2021-04-30", "2021", "", True),
        ("2021-04-30", "2021-04-30", "2021-04-30", True),
        ("2021-04-30", "2021-05", "", False),
        ("2021-04-30", "", "2021-04", True),
        ("2021-04-30", "", "2021-04-29", False),
        ("2021-04", "2021-04-30", "", True),
        ("2021-04", "2021-05-01", "", False),
        ("2021-04", "", "2021-04-01", True),
        ("2021", "2021-12-31", "", True),
        ("2021", "", "2021-01-01", True),
        ("2021", "2022", "", False),
        ("2021", "2020-06", "2021-03", True),
        ("2021", "2022", "2020", False),
        ("", "1000", "", False),
        ("", "", "9999", False),
        ("", "", "", True),
    ],
)
def test_a_date_counts_when_it_overlaps_as_precisely_as_it_is_known(
    engine: Engine, date: str, since: str, until: str, *, found: bool
) -> None:
    fill(engine, [document("a", date=date)])
    assert ask(engine, since=since, until=until).total == found


def test_a_year_is_a_filter_too(engine: Engine) -> None:
    fill(engine, THREE)
    assert ids(ask(engine, filters={"year": ("2020",)})) == ["a"]


def test_following_any_facet_value_gives_the_number_it_announced(
    engine: Engine, examples: int
) -> None:
    @settings(max_examples=max(examples // 4, 6), deadline=None, report_multiple_bugs=False)
    @given(corpus=corpora, query=queries)
    def kept(corpus: Corpus, query: Query) -> None:
        fill(engine, corpus)
        result = search(engine, query)
        assert {link: followed(engine, result, *link) for link in announced(result)} == announced(
            result
        )

    kept()


def announced(result: Result) -> dict[tuple[str, str], int]:
    """Return the count of each value of each facet."""
    return {
        (name, value.value): value.count
        for name, values in result.facets.items()
        for value in values
    }


def followed(engine: Engine, result: Result, name: str, value: str) -> int:
    """Return the total with that value as the only one chosen of its facet."""
    filters = {**result.query.filters, name: (value,)}
    return search(engine, replace(result.query, filters=filters)).total


THREE = [
    document("a", clusters=("waste",), type="pilot", date="2020"),
    document("b", clusters=("drr",), type="news", date="2021-06"),
    document("c", clusters=("tourism",), type="pilot"),
]
