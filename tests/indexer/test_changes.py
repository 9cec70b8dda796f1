"""An update puts what is new or other, and removes what is gone."""

from engine.protocol import Entry
from indexer.changes import Changes, changes


def test_only_what_differs_is_written() -> None:
    entries = {"same": Entry("/a", "1"), "other": Entry("/a", "1"), "gone": Entry("/a", "1")}

    decided = changes(entries, "/a", {"same": "1", "other": "2", "new": "1"})

    assert decided == Changes(put=("other", "new"), remove=("gone",))


def test_another_corpus_keeps_its_documents() -> None:
    entries = {"theirs": Entry("/b", "1"), "rest": Entry("/b", "1")}

    decided = changes(entries, "/a", {"theirs": "2", "ours": "1"})

    assert decided == Changes(put=("ours",), taken=("theirs",))


def test_an_empty_index_takes_everything() -> None:
    assert changes({}, "/a", {"one": "1"}) == Changes(put=("one",))
