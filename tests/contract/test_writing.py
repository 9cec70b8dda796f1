"""Batches: what goes in comes back, whole or not at all."""

from operator import attrgetter

import pytest

from engine.documents import Coverage, Document, Passage, Unread
from engine.errors import LockedError, NoIndexError
from engine.protocol import Engine, Entry, Skipped
from engine.queries import Query
from engine.vocabulary import Vocabulary, parse
from engine.wanted import Wanted
from tests.contract.conftest import MakeEngine
from tests.contract.corpora import ask, counts, document, fill, ids

EVERYTHING = Document(
    id="reports/2021 é/1",
    file="reports/2021 é/1.pdf",
    title="E-commerce: “Lessons” <b>&</b>\n城市",
    type="training-report",
    clusters=("e-commerce", "waste"),
    countries=("Côte d’Ivoire", "中国"),
    cities=("Abidjan",),
    partners=("A; B", "C,D"),
    date="2021-04",
    language="fr",
    url="https://example.org/a?b=c&d=%20",
    summary="A summary.\tWith a tab.",
    coverage=Coverage(5, (Unread(2, "empty-text"), Unread(4, "timeout"))),
    metadata={"Isbn": "978-0", "empty": "", "Ключ": "значение"},
    guessed=("date", "type"),
    reason="Two pages could not be read.",
    corpus="/home/a/corpus",
    fingerprint="0f:1",
)
PASSAGES = (
    Passage(1, "Premier\n\ntexte ", "Ouverture", "other", ""),
    Passage(3, "Second text", "Lessons learned", "lessons", "en"),
    Passage(3, "第三", "", "results", "zh"),
    Passage(5, "", "Only a heading", "practice", ""),
)


def test_a_document_comes_back_as_it_was_written(engine: Engine) -> None:
    fill(engine, [document("before"), (EVERYTHING, PASSAGES), document("after")])
    assert engine.document(EVERYTHING.id) == EVERYTHING
    assert engine.passages(EVERYTHING.id) == PASSAGES
    [hit] = ask(engine, "premier").hits
    assert hit.document == EVERYTHING


def test_a_document_may_be_almost_empty(engine: Engine) -> None:
    fill(engine, [(Document("a", "", ""), ())])
    assert (engine.document("a"), engine.passages("a")) == (Document("a", "", ""), ())
    assert ids(ask(engine)) == ["a"]


def test_an_unknown_document_is_none(engine: Engine) -> None:
    fill(engine, [document("a")])
    assert (engine.document("A"), engine.passages("A")) == (None, ())


def test_an_engine_without_an_index_says_so(engine: Engine) -> None:
    with pytest.raises(NoIndexError):
        engine.find(Query(), Wanted())
    for ask_for in (engine.languages, engine.vocabulary, engine.status, engine.entries):
        with pytest.raises(NoIndexError):
            ask_for()


def test_an_index_may_hold_nothing(engine: Engine) -> None:
    fill(engine, [])
    assert (ask(engine).total, ask(engine, "waste").total) == (0, 0)
    assert (engine.languages(), dict(engine.entries()), engine.verify()) == ((), {}, ())
    assert engine.status().documents == 0


def test_a_document_is_replaced_by_a_later_batch(engine: Engine) -> None:
    fill(engine, [document("a", "Old", "Waste", "Sun"), document("b", "Kept", "Waste")])
    fill(engine, [document("a", "New", "Rain", clusters=("drr",))], fresh=False)
    assert [passage.text for passage in engine.passages("a")] == ["Rain"]
    assert ids(ask(engine, "waste")) == ["b"]
    assert ids(ask(engine, "old", match="all")) == []
    assert ids(ask(engine, "new rain")) == ["a"]
    assert counts(ask(engine), "cluster") == {"drr": 1}
    assert (engine.status().documents, engine.status().passages) == (2, 2)


def test_the_last_of_two_with_the_same_id_in_a_batch_wins(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", "Sun"), document("b"), document("a", "", "Rain")])
    assert [passage.text for passage in engine.passages("a")] == ["Rain"]
    assert (ids(ask(engine, "waste")), sorted(ids(ask(engine)))) == ([], ["a", "b"])
    assert (engine.status().documents, engine.status().passages) == (2, 1)


def test_the_last_of_two_wins_over_an_older_generation_too(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Waste")])
    fill(engine, [document("a", "", "Sun"), document("a", "", "Rain")], fresh=False)
    assert [passage.text for passage in engine.passages("a")] == ["Rain"]
    assert (ids(ask(engine, "waste")), engine.status().documents) == (["b"], 2)


def test_a_removed_document_takes_its_passages_with_it(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", "Sun"), document("b", "", "Waste")])
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("a")
    assert (engine.document("a"), engine.passages("a")) == (None, ())
    assert ids(ask(engine, "waste OR sun")) == ["b"]
    assert (engine.status().documents, engine.status().passages) == (1, 1)


def test_what_a_batch_put_it_can_remove(engine: Engine) -> None:
    with engine.write(Vocabulary(), fresh=True) as batch:
        batch.put(*document("a", "", "Waste"))
        batch.put(*document("b"))
        batch.remove("a")
    assert ids(ask(engine)) == ["b"]


def test_what_a_batch_removed_it_can_put_again(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b")])
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("a")
        batch.put(*document("a", "", "Rain"))
    assert (ids(ask(engine, "rain")), ids(ask(engine, "waste"))) == (["a"], [])


def test_removing_what_is_not_there_is_no_error(engine: Engine) -> None:
    fill(engine, [document("a")])
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("never")
        batch.remove("a")
        batch.remove("a")
    assert ids(ask(engine)) == []


def test_documents_added_later_join_those_that_were_there(engine: Engine) -> None:
    for number in range(4):
        fill(engine, [document(str(number), "", "Waste", clusters=("waste",))], fresh=False)
    assert ids(ask(engine, "waste")) == ["0", "1", "2", "3"]
    assert counts(ask(engine, "waste"), "cluster") == {"waste": 4}


def test_a_fresh_batch_forgets_everything(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste", clusters=("waste",))])
    fill(engine, [document("b")], fresh=True)
    assert (ids(ask(engine)), engine.document("a"), set(engine.entries())) == (["b"], None, {"b"})
    assert counts(ask(engine), "cluster") == {}


def test_nothing_of_a_batch_is_visible_before_it_ends(engine: Engine) -> None:
    fill(engine, [document("a", "Old")])
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.put(*document("a", "New"))
        batch.put(*document("b"))
        assert (ids(ask(engine)), _titles(engine)) == (["a"], ["Old"])
    assert (ids(ask(engine)), _titles(engine)) == (["a", "b"], ["New", "B"])


@pytest.mark.parametrize("fresh", [True, False])
def test_a_batch_that_fails_changes_nothing(engine: Engine, *, fresh: bool) -> None:
    fill(engine, [document("a", "Old", "Waste")])
    before = engine.status()
    with pytest.raises(ZeroDivisionError):
        _break_off(engine, fresh=fresh)
    assert (_titles(engine), ids(ask(engine, "waste")), engine.status()) == (["Old"], ["a"], before)
    fill(engine, [document("c")], fresh=False)
    assert ids(ask(engine)) == ["a", "c"]


def test_a_first_batch_that_fails_leaves_no_index(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        _break_off(engine, fresh=True)
    with pytest.raises(NoIndexError):
        engine.status()


def test_two_batches_at_once_are_refused(engine: Engine) -> None:
    fill(engine, [document("a")])
    with engine.write(Vocabulary(), fresh=False) as batch:
        with pytest.raises(LockedError), engine.write(Vocabulary(), fresh=False):
            pass
        batch.put(*document("b"))
    assert ids(ask(engine)) == ["a", "b"]


def test_each_batch_makes_a_new_generation(engine: Engine) -> None:
    generations = {fill(engine, [document("a")]).status().generation for _ in range(3)}
    assert len(generations) == 3


def test_the_vocabulary_is_kept_with_the_index(engine: Engine) -> None:
    source = '[clusters.waste]\nlabels = {en = "Waste", fr = "Déchets"}\naliases = ["Rubbish"]\n'
    with engine.write(parse(source), fresh=True):
        pass
    assert engine.vocabulary() == parse(source)
    fill(engine, [], fresh=False)
    assert engine.vocabulary() == Vocabulary()


def test_the_status_counts_what_is_there(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", "", "One", "Two", coverage=Coverage(3, (Unread(2, "crash"),))),
            document("b", language="fr", coverage=Coverage(4)),
            document("c", reason="It is encrypted."),
            (Document("e", "", "Elsewhere", language="en", reason="It is elsewhere."), ()),
            document("d", "", "One", coverage=Coverage(100)),
        ],
    )
    with engine.write(Vocabulary(), fresh=False) as batch:
        batch.remove("d")
    status = engine.status()
    assert (status.documents, status.passages, status.pages, status.pages_read) == (4, 2, 7, 6)
    assert dict(status.languages) == {"en": 3, "fr": 1}
    assert sorted(status.skipped, key=attrgetter("file")) == [
        Skipped("c.pdf", "It is encrypted."),
        Skipped("e", "It is elsewhere."),
    ]


def test_the_time_of_a_batch_is_told_in_utc(engine: Engine) -> None:
    built = fill(engine, []).status().built
    assert built.endswith(("+00:00", "Z"))


def test_the_languages_are_those_of_documents_and_passages(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", "", Passage(1, "Uno", language="es")),
            document("b"),
            document("c", language="zh"),
        ],
    )
    languages = engine.languages()
    assert (languages[0], sorted(languages)) == ("en", ["en", "es", "zh"])


def test_entries_tell_where_documents_came_from(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", corpus="/one", fingerprint="1"),
            document("b", corpus="/two", fingerprint="2"),
        ],
    )
    fill(engine, [document("b", corpus="/two", fingerprint="3")], fresh=False)
    assert dict(engine.entries()) == {"a": Entry("/one", "1"), "b": Entry("/two", "3")}


def test_a_good_index_has_no_faults(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Sun", "Rain")])
    fill(engine, [document("a", "", "Waste", "Rain")], fresh=False)
    assert engine.verify() == ()


def test_two_engines_know_nothing_of_each_other(make_engine: MakeEngine) -> None:
    one, two = fill(make_engine(), [document("a")]), fill(make_engine(), [document("b")])
    assert (ids(ask(one)), ids(ask(two))) == (["a"], ["b"])


def test_an_engine_can_be_closed_twice(engine: Engine) -> None:
    fill(engine, [document("a")])
    engine.close()
    engine.close()


def _titles(engine: Engine) -> list[str]:
    return [hit.document.title for hit in ask(engine).hits]


def _break_off(engine: Engine, *, fresh: bool) -> None:
    """Begin a batch that fails after some changes."""
    with engine.write(Vocabulary(), fresh=fresh) as batch:
        batch.remove("a")
        batch.put(*document("b"))
        batch.put(*document("b", "Twice"))
        raise ZeroDivisionError
