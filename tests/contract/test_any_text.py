"""Any text at all is answered, and any text at all can be indexed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents import Passage
from engine.protocol import Engine
from engine.queries import Query
from tests.contract.corpora import ask, document, fill
from tests.contract.test_against_oracle import assert_agrees

CORPUS = [
    document("a", "Waste sorting", "The city's waste", "a OR b", clusters=("waste",)),
    document("b", "垃圾分类", Passage(1, "إدارة النفايات", language="ar"), language="zh"),
    document("c", "", "Größe ﬁ Ⅷ ½ ² ﷺ ـ ͺ", language="de"),
    document("d", language=""),
]
TYPED = st.one_of(st.text(max_size=60), st.text('ab"-*OR ()[]:^~\\市ـﷺͺ', max_size=40))


def test_any_text_gives_the_answer_of_brute_force(engine: Engine) -> None:
    fill(engine, CORPUS)

    @settings(max_examples=150, deadline=None)
    @given(text=TYPED, match=st.sampled_from(("auto", "all", "any")))
    def answered(text: str, match: str) -> None:
        assert_agrees(engine, CORPUS, Query(text, match=match))  # type: ignore[arg-type]

    answered()


@pytest.mark.parametrize(
    "text",
    [
        "AND NOT OR",
        "title:waste^2~3",
        "[a TO " * 50,
        "((((((((",
        '"""""',
        "a* b* c*",
        "***",
        "-" * 300,
        "\x00\x01\ud7ff\uffff",
        "e\u0301" * 200,
        "市" * 300,
        "x" * 10_000,
        "<script>alert(1)</script>",
        "ـ",
        "ﷺ",
        "🙂",
    ],
)
def test_costly_and_strange_texts_are_answered(engine: Engine, text: str) -> None:
    fill(engine, CORPUS)
    assert_agrees(engine, CORPUS, Query(text))


def test_any_text_can_be_indexed(engine: Engine, examples: int) -> None:
    @settings(max_examples=max(examples // 2, 8), deadline=None, report_multiple_bugs=False)
    @given(
        title=st.text(max_size=30),
        said=st.lists(st.text(max_size=60), max_size=3),
        key=st.text(min_size=1, max_size=10),
        value=st.text(min_size=1, max_size=10),
    )
    def kept(title: str, said: list[str], key: str, value: str) -> None:
        written, passages = document(key, title, *said, clusters=(value,), metadata={value: title})
        corpus = [(written, passages), *CORPUS]
        fill(engine, corpus if key not in "abcd" else corpus[:1])
        assert engine.document(key) == written
        assert engine.passages(key) == passages
        [cluster] = [each for each in ask(engine).facets["cluster"] if each.value == value]
        found = ask(engine, filters={"cluster": (value,)}).total
        assert cluster.count == found >= 1

    kept()
