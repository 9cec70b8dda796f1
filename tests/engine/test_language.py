"""The language of a text is told where it is likely enough."""

import pytest

from engine.language import likely


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do cities sort their waste?", "en"),
        ("¿Cómo separan las ciudades sus residuos?", "es"),
        ("Comment les villes trient-elles leurs déchets ?", "fr"),
        ("Как города сортируют отходы?", "ru"),
        ("كيف تفرز المدن نفاياتها؟", "ar"),
        ("城市如何分类垃圾？", "zh"),
        ("COMMENT LES VILLES TRIENT-ELLES LEURS DÉCHETS ?", "fr"),
        ("turismo", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_question_is_told_and_that_of_a_word_in_many_is_not(
    text: str, language: str
) -> None:
    assert likely(text) == language
