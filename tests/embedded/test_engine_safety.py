"""Whatever happens to its files, its writers and its readers, the engine serves one good index."""

import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, repeat
from pathlib import Path
from typing import Any

import pytest
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from engine.embedded import engine as engines
from engine.embedded import evaluation
from engine.embedded.engine import EmbeddedEngine
from engine.embedded.generations import store as generations
from engine.embedded.generations.store import GenerationStore
from engine.embedded.schema import INDEX, VERSION, schema
from engine.errors import NoIndexError, WrongVersionError
from engine.protocol import Engine, Findings
from engine.queries import Query
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted, analyse
from tests.contract.corpora import Written, ask, document, fill, ids
from tests.embedded.states import advance, read
from tests.embedded.test_damaged_generations import flip_a_bit

KILLS = 15
COMMITS = 20
WORDS = ("waste", "water", "rain", "city", "cities", "lessons", "learned", "pilot", "2021", "垃圾")


class Poison:
    """What makes a file when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.marker,)


class PoisonedSchema(Schema):  # type: ignore[misc]  # Whoosh has no types
    """A schema that makes a file when it is unpickled."""

    marker: Path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.marker,)


@pytest.fixture
def folder(tmp_path: Path, no_waiting: None) -> Path:
    """Where an index is made."""
    return tmp_path / "index"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The file that a poisoned table of contents makes."""
    return tmp_path / "marker"


def poison(folder: Path, segments: list[object], fields: Schema) -> Path:
    """Publish a generation with another table of contents, by all the rules, and return it."""
    with GenerationStore(folder, version=VERSION).begin(fresh=False) as work:
        storage = FileStorage(str(work.path))
        number = TOC._latest_generation(storage, INDEX)
        work.documents = 1
        (work.path / TOC._filename(INDEX, number)).unlink()
        TOC(fields, segments, number).write(storage, INDEX)
    return max(folder.glob("g*"))


def runs_in_whoosh(generation: Path, marker: Path) -> bool:
    """Tell whether opening a generation as Whoosh does makes the file, and remove it."""
    TOC.read(FileStorage(str(generation)), INDEX)
    ran = marker.exists()
    marker.unlink(missing_ok=True)
    return ran


def test_a_poisoned_table_of_contents_is_refused_in_a_sentence(folder: Path, marker: Path) -> None:
    fill(EmbeddedEngine(folder), [document("a")])
    (good,) = folder.glob("g*")
    poisoned = poison(folder, [Poison(marker)], schema())
    (good / "MANIFEST.json").unlink()
    assert runs_in_whoosh(poisoned, marker)
    engine = EmbeddedEngine(folder)
    with pytest.raises(NoIndexError, match=r"^The index in .* is damaged: build it again\.$"):
        ask(engine)
    with pytest.raises(NoIndexError, match="build it again"):
        fill(engine, [document("b")], fresh=False)
    assert ids(ask(fill(engine, [document("b")]))) == ["b"]
    assert not marker.exists()


def test_the_generation_before_a_poisoned_one_is_served(folder: Path, marker: Path) -> None:
    fill(EmbeddedEngine(folder), [document("a")])
    assert runs_in_whoosh(poison(folder, [Poison(marker)], schema()), marker)
    engine = EmbeddedEngine(folder)
    assert ids(ask(engine)) == ["a"]
    assert engine.verify() == (
        "Generation g000002 is damaged: its table of contents is not one of ours.",
    )
    assert ids(ask(fill(engine, [document("b")], fresh=False), sort="title")) == ["a", "b"]
    assert not marker.exists()


def test_a_poisoned_generation_does_not_disturb_an_engine_in_use(
    folder: Path, marker: Path
) -> None:
    engine = fill(EmbeddedEngine(folder), [document("a")])
    assert ids(ask(engine)) == ["a"]
    poison(folder, [Poison(marker)], schema())
    assert ids(ask(engine)) == ["a"]
    assert not marker.exists()


def test_the_schema_in_a_table_of_contents_is_never_unpickled(folder: Path, marker: Path) -> None:
    engine = fill(EmbeddedEngine(folder), [document("a")])
    poisoned = PoisonedSchema()
    poisoned.marker = marker
    assert poison(folder, [], poisoned).name == "g000002"
    assert ids(ask(engine)) == []
    assert ids(ask(fill(engine, [document("b")], fresh=False))) == ["b"]
    assert not marker.exists()


def test_a_generation_without_a_table_of_contents_is_no_empty_index(folder: Path) -> None:
    fill(EmbeddedEngine(folder), [document("a")])
    with GenerationStore(folder, version=VERSION).begin(fresh=False) as work:
        next(work.path.glob("*.toc")).unlink()
        work.documents = 0
    engine = EmbeddedEngine(folder)
    assert ids(ask(engine)) == ["a"]
    assert engine.verify() == ("Generation g000002 is damaged: its table of contents is missing.",)


def test_an_index_that_lacks_a_segment_is_refused_in_a_sentence(folder: Path) -> None:
    fill(EmbeddedEngine(folder), [document("a")])
    with GenerationStore(folder, version=VERSION).begin(fresh=False) as work:
        next(work.path.glob("*.terms")).unlink()
        work.documents = 1
    with pytest.raises(NoIndexError, match=r"^The index lacks a file: build it again\.$"):
        ask(EmbeddedEngine(folder))


def test_an_index_of_another_version_is_refused_and_built_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(engines, "VERSION", "0")
        fill(EmbeddedEngine(folder), [document("a")])
    engine = EmbeddedEngine(folder)
    sentence = r"^The index in .* was made by another version: build it again\.$"
    with pytest.raises(WrongVersionError, match=sentence):
        ask(engine)
    with pytest.raises(WrongVersionError, match=sentence):
        fill(engine, [document("b")], fresh=False)
    fill(engine, [document("c")])
    assert (ids(ask(engine)), engine.verify()) == (["c"], ())


def test_a_damaged_generation_is_passed_over_and_named(folder: Path) -> None:
    fill(EmbeddedEngine(folder), [document("a")])
    fill(EmbeddedEngine(folder), [document("b")], fresh=False)
    flip_a_bit(next((folder / "g000002").glob("*.terms")))
    engine = EmbeddedEngine(folder)
    assert ids(ask(engine)) == ["a"]
    (fault,) = engine.verify()
    assert fault.startswith("Generation g000002 is damaged: MAIN_")
    fill(engine, [document("c")], fresh=False)
    assert (ids(ask(engine, sort="title")), engine.verify()) == (["a", "c"], ())


def test_what_is_open_is_read_when_its_files_are_gone(folder: Path) -> None:
    corpus = [document("a", "Rain", "Waste water", clusters=("waste",), date="2021", corpus="/c")]
    engine = fill(EmbeddedEngine(folder), corpus)
    expected = EmbeddedEngine.in_memory()
    fill(expected, corpus)
    assert engine.vocabulary() == Vocabulary()
    for path in next(folder.glob("g*")).iterdir():
        path.unlink()
    assert (engine.document("a"), engine.passages("a")) == corpus[0]
    assert answers(engine, QUESTIONS) == answers(expected, QUESTIONS)
    assert (engine.entries(), engine.languages()) == (expected.entries(), expected.languages())


def test_a_killed_writer_loses_and_doubles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    advance(EmbeddedEngine(folder), 0)
    instants = random.Random(7)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.embedded.killed", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as killer:
        assert killer.stdin
        assert killer.stdout
        for _ in range(KILLS):
            before = read(EmbeddedEngine(folder))
            killer.stdin.write(f"{instants.uniform(0, 0.15)}\n")
            killer.stdin.flush()
            published = [int(state) for state in killer.stdout.readline().split()]
            assert published == list(range(before + 1, before + 1 + len(published)))
            after = read(EmbeddedEngine(folder))
            assert after - before - len(published) in (0, 1)
    assert killer.returncode == 0
    advance(EmbeddedEngine(folder), after + 1)
    assert read(EmbeddedEngine(folder)) == after + 1


def test_two_engines_write_to_one_folder_in_turn(folder: Path) -> None:
    both = EmbeddedEngine(folder), EmbeddedEngine(folder)
    for state in range(10):
        advance(both[state % 2], state)
        assert [read(engine) for engine in both] == [state, state]


@pytest.mark.parametrize("kept", [generations.KEPT, 1], ids=["usual", "one generation kept"])
def test_readers_see_whole_generations_during_commits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    def corpus(state: int) -> list[Written]:
        return [document(key, f"State {state}", f"Waste in state {state}") for key in "abcde"]

    monkeypatch.setattr(generations, "KEPT", kept)
    shared, done = fill(EmbeddedEngine(folder), corpus(0)), threading.Event()
    wanted = analyse("waste", ("en",))

    def seen(engines_in_turn: Iterator[Engine]) -> list[int]:
        states: list[int] = []
        for engine in engines_in_turn:
            last = done.is_set()
            findings = engine.find(Query("waste"), wanted)
            titles = [found.document.title for found in findings.found]
            texts = [passage.text for found in findings.found for passage in found.passages]
            state = int(titles[0].removeprefix("State "))
            assert (titles, texts) == ([f"State {state}"] * 5, [f"Waste in state {state}"] * 5)
            assert (findings.total, len(engine.entries())) == (5, 5)
            states.append(state)
            if last:
                break
            done.wait(0.001)  # so that the writer gets on
        return states

    just_opened = (EmbeddedEngine(folder) for _ in count())
    with ThreadPoolExecutor(3) as pool:
        readers = [
            pool.submit(seen, each) for each in (repeat(shared), repeat(shared), just_opened)
        ]
        try:
            for state in range(1, COMMITS + 1):
                fill(EmbeddedEngine(folder), corpus(state), fresh=state % 3 == 0)
        finally:
            done.set()
        for states in (reader.result() for reader in readers):
            assert (states, states[-1]) == (sorted(states), COMMITS)


def test_eight_threads_get_the_answers_of_one(folder: Path) -> None:
    some = written_by_chance()
    fill(EmbeddedEngine(folder), some[:200])
    fill(EmbeddedEngine(folder), some[150:], fresh=False)
    expected = answers(EmbeddedEngine(folder), QUESTIONS)
    shared, start = EmbeddedEngine(folder), threading.Barrier(8)

    def ask_all(seed: int) -> list[Findings]:
        order = random.Random(seed).sample(range(len(QUESTIONS)), len(QUESTIONS))
        start.wait()
        found = dict(zip(order, answers(shared, [QUESTIONS[n] for n in order]), strict=True))
        return [found[number] for number in range(len(QUESTIONS))]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask_all, range(8))) == [expected] * 8


def test_a_cache_that_holds_nothing_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    some = written_by_chance()
    expected = answers(fill(EmbeddedEngine.in_memory(), some), QUESTIONS)
    monkeypatch.setattr(evaluation, "CACHED", 1)
    engine = fill(EmbeddedEngine.in_memory(), some)
    assert [answers(engine, QUESTIONS), answers(engine, QUESTIONS)] == [expected, expected]


def written_by_chance() -> list[Written]:
    """Return 250 documents, 200 of them different."""
    chance = random.Random(7)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, most)))

    return [
        document(
            f"d{number % 200}",
            text(3),
            *(text(20) for _ in range(chance.randint(0, 4))),
            summary=text(6),
            clusters=tuple(chance.sample(("waste", "drr", "tourism"), chance.randint(0, 2))),
            date=chance.choice(("", "2020", "2021-05")),
        )
        for number in range(250)
    ]


def questions() -> list[tuple[Query, Wanted]]:
    """Return queries of every kind, with what they look for."""
    chance = random.Random(11)
    forms = ("{}", "{} {}", '"{} {}"', "{} -{}", "{} OR {} {}", "{}*", "{} {} {}", "")
    asked = []
    for _ in range(120):
        text = chance.choice(forms).format(*chance.choices(WORDS, k=3))
        filters = chance.choice(({}, {}, {"cluster": ("waste",)}, {"year": ("2020", "2021")}))
        query = Query(text, filters, sort=chance.choice(("", "title", "oldest")))
        asked.append((query, analyse(text, ("en",))))
    return asked


QUESTIONS = questions()


def answers(engine: Any, asked: list[tuple[Query, Wanted]]) -> list[Findings]:
    """Return the answers to some questions."""
    return [engine.find(query, wanted) for query, wanted in asked]
