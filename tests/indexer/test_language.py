"""The language of a text is told when there is enough of it."""

import pytest

from indexer.language import language_of

TEXTS = {
    "en": "The city pays the carters by the weight of what they bring to the composting yard. ",
    "fr": "La ville paie les charretiers au poids de ce qu'ils apportent à la compostière. ",
    "es": "La ciudad paga a los carreteros según el peso de lo que llevan al patio de compost. ",
    "ar": "تدفع المدينة لأصحاب العربات حسب وزن ما يحضرونه إلى ساحة السماد في كل يوم سوق. ",
    "zh": "城市按照收集者运到堆肥场的垃圾重量付钱,每逢集市日都有车来。",
    "ru": "Город платит возчикам по весу того, что они привозят на площадку для компоста. ",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told(language: str) -> None:
    assert language_of([TEXTS[language] * 4]) == language


def test_capitals_make_no_difference() -> None:
    assert language_of([TEXTS["fr"].upper() * 4]) == "fr"


def test_the_language_is_that_of_most_of_a_long_text_whatever_it_begins_with() -> None:
    assert language_of([TEXTS["fr"] * 150, TEXTS["en"] * 1500]) == "en"


def test_a_short_text_has_no_language() -> None:
    assert language_of(["Koidu 2021"]) == ""
