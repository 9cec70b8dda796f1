"""The allowed clusters and types, and the names people write for them."""

from pathlib import Path

import pytest

from engine.vocabulary import Term, Vocabulary, VocabularyError, load, parse

SOURCE = """
[clusters.waste]
labels = {en = "Waste", fr = "Déchets"}
aliases = ["Solid waste", "SWM"]

[clusters.drr]
labels = {fr = "Catastrophes"}

[types.news]
labels = {en = "News"}
"""


def test_a_vocabulary_is_read_with_its_text() -> None:
    assert parse(SOURCE) == Vocabulary(
        {
            "waste": Term("waste", {"en": "Waste", "fr": "Déchets"}, ("Solid waste", "SWM")),
            "drr": Term("drr", {"fr": "Catastrophes"}),
        },
        {"news": Term("news", {"en": "News"})},
        SOURCE,
    )


def test_an_empty_vocabulary_is_one() -> None:
    assert parse("") == Vocabulary()


@pytest.mark.parametrize(
    ("facet", "value", "language", "label"),
    [
        ("cluster", "waste", "fr", "Déchets"),
        ("cluster", "waste", "es", "Waste"),
        ("cluster", "drr", "en", "drr"),
        ("cluster", "unheard-of", "en", "unheard-of"),
        ("type", "news", "en", "News"),
        ("country", "Peru", "en", "Peru"),
        ("type", "waste", "en", "waste"),
    ],
)
def test_a_label_is_in_the_language_then_in_english_then_the_value(
    facet: str, value: str, language: str, label: str
) -> None:
    assert parse(SOURCE).label(facet, value, language) == label


@pytest.mark.parametrize(
    "written", ["waste", " WASTE ", "Déchets", "DÉCHETS", "swm", "solid Waste"]
)
def test_a_slug_label_or_alias_means_its_slug(written: str) -> None:
    assert parse(SOURCE).slug("cluster", written) == "waste"


def test_what_nobody_listed_means_nothing() -> None:
    vocabulary = parse(SOURCE)
    assert vocabulary.slug("cluster", "news") is None
    assert vocabulary.slug("cluster", "") is None
    assert vocabulary.slug("country", "Peru") is None


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("[clusters", "The vocabulary is not valid TOML: "),
        ("clusters = 1", "“clusters” in the vocabulary must be a table of slugs."),
        ("types = []", "“types” in the vocabulary must be a table of slugs."),
        ("[clusters.a]", "“a” in the vocabulary needs labels by language."),
        ("[clusters]\na = 1", "“a” in the vocabulary needs labels by language."),
        ("[clusters.a]\nlabels = {en = 1}", "“a” in the vocabulary needs labels by language."),
        (
            '[types.a]\nlabels = {}\naliases = "b"',
            "The aliases of “a” in the vocabulary must be a list of texts.",
        ),
        (
            "[types.a]\nlabels = {}\naliases = [1]",
            "The aliases of “a” in the vocabulary must be a list of texts.",
        ),
    ],
)
def test_a_wrong_vocabulary_is_refused_in_a_sentence(source: str, sentence: str) -> None:
    with pytest.raises(VocabularyError) as refused:
        parse(source)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_a_vocabulary_is_loaded_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.toml").write_text(SOURCE, "utf-8")
    assert load(tmp_path / "vocabulary.toml") == parse(SOURCE)


def test_a_file_with_a_byte_order_mark_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.toml").write_text(SOURCE, "utf-8-sig")
    assert load(tmp_path / "vocabulary.toml") == parse(SOURCE)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "vocabulary.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(VocabularyError, match=r"^The vocabulary .* cannot be read: .*\.$"):
        load(path)
