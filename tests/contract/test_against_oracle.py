"""Random small corpora and queries: every engine answers what the oracle works out."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents import SECTIONS, Document, Passage
from engine.protocol import Engine
from engine.queries import MATCHES, PASSAGES_SHOWN, SORTS, Query
from engine.search import search
from engine.vocabulary import Vocabulary
from tests.contract import oracle
from tests.contract.corpora import Corpus, fill

WORDS = (
    "waste",
    "wastes",
    "sorting",
    "city's",
    "cities",
    "cité",
    "Gestión",
    "e-commerce",
    "2021",
    "водный",
    "النفايات",
    "نفاية",
    "城市",
    "垃圾分类",
    "市",
    "x",
    "how",
)
LANGUAGES = ("en", "es", "ru", "zh", "ar", "")
DATES = ("", "2020", "2020-05", "2020-05-17", "2021", "2021-02-28", "2021-12-31")
VALUES = {
    "cluster": ("waste", "drr", "tourism"),
    "type": ("news", "pilot"),
    "year": ("2020", "2021"),
    "section": SECTIONS[:3],
    "country": ("Peru", "Côte d’Ivoire"),
    "city": ("Lima",),
    "partner": ("A & B",),
    "language": ("en", "zh"),
}

texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
values = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(of), max_size=2).map(tuple) for name, of in VALUES.items()}
)
passages = st.builds(
    Passage,
    page=st.integers(1, 3),
    text=texts,
    heading=texts,
    section=st.sampled_from(SECTIONS[:3]),
    language=st.sampled_from(("", "", "es")),
)
documents = st.builds(
    Document,
    id=st.just(""),
    file=st.just("a.pdf"),
    title=texts,
    type=st.sampled_from(("", *VALUES["type"])),
    clusters=st.lists(st.sampled_from(VALUES["cluster"]), max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(VALUES["country"]), max_size=2).map(tuple),
    cities=st.lists(st.sampled_from(VALUES["city"]), max_size=1).map(tuple),
    partners=st.lists(st.sampled_from(VALUES["partner"]), max_size=1).map(tuple),
    date=st.sampled_from(DATES),
    language=st.sampled_from(LANGUAGES),
    summary=texts,
)
corpora = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(documents, st.lists(passages, max_size=4).map(tuple)),
    max_size=8,
).map(lambda drawn: [(replace(document, id=key), said) for key, (document, said) in drawn.items()])
words = st.sampled_from((*WORDS, "citi*", "вод*", "gesti*", "absent", "sort"))
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda w: f'"{" ".join(w)}"')
atoms = st.one_of(words, words, phrases, words.map("-{}".format), st.just("OR"))
queries = st.builds(
    Query,
    text=st.lists(atoms, max_size=4).map(" ".join),
    filters=st.one_of(st.just({}), values, st.sampled_from([{"section": ("lessons",)}])),
    since=st.sampled_from(("", "", "", *DATES)),
    until=st.sampled_from(("", "", "", *DATES)),
    sort=st.sampled_from(("", *SORTS)),
    match=st.sampled_from(("auto", *MATCHES)),
    page=st.sampled_from((1, 1, 2)),
    per_page=st.sampled_from((1, 3, 10, 10)),
)


def test_an_engine_answers_what_brute_force_over_lists_finds(engine: Engine, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, report_multiple_bugs=False)
    @given(corpus=corpora, asked=st.lists(queries, min_size=4, max_size=12))
    def agrees(corpus: Corpus, asked: list[Query]) -> None:
        fill(engine, corpus)
        for query in asked:
            assert_agrees(engine, corpus, query)

    agrees()


def test_an_engine_answers_as_well_after_changes(engine: Engine, examples: int) -> None:
    @settings(max_examples=max(examples // 2, 6), deadline=None, report_multiple_bugs=False)
    @given(
        before=corpora,
        changed=corpora,
        removed=st.sets(st.sampled_from("abcdefgh"), max_size=4),
        asked=st.lists(queries, min_size=4, max_size=8),
    )
    def agrees(before: Corpus, changed: Corpus, removed: set[str], asked: list[Query]) -> None:
        fill(engine, before)
        with engine.write(Vocabulary(), fresh=False) as batch:
            for document, said in changed:
                batch.put(document, said)
            for key in sorted(removed):
                batch.remove(key)
        held = {entry[0].id: entry for entry in (*before, *changed)}
        corpus = [entry for key, entry in held.items() if key not in removed]
        assert set(engine.entries()) == {document.id for document, _ in corpus}
        for query in asked:
            assert_agrees(engine, corpus, query)

    agrees()


def assert_agrees(engine: Engine, corpus: Corpus, query: Query) -> None:
    """Compare all of an answer that does not depend on scores, and the order of the scores."""
    expected = oracle.answer(corpus, query)
    result = search(engine, query)
    found = tuple(hit.document.id for hit in result.hits)
    assert (result.matched, result.total) == (expected.matched, expected.total)
    assert dict(result.facets) == dict(expected.facets)
    if expected.ranked:
        assert len(found) == len(expected.page) == len(set(found))
        assert set(found) <= set(expected.ids)
        assert all(
            (-a.score, a.document.id) < (-b.score, b.document.id) for a, b in pairwise(result.hits)
        )
    else:
        assert found == expected.page
    for hit in result.hits:
        may_be_shown = expected.shown[hit.document.id]
        shown = Counter((p.page, p.heading, p.section) for p in hit.passages)
        assert shown <= Counter((p.page, p.heading, p.section) for p in may_be_shown.elements())
        assert len(hit.passages) == min(PASSAGES_SHOWN, may_be_shown.total())
        assert hit.more_passages == may_be_shown.total() - len(hit.passages)
