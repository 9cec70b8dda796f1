"""The dictionary form of Russian words, from OpenCorpora's dictionary through pymorphy3.

Snowball's algorithm cuts from a Russian noun what looks like the ending of another kind of word: in
the nominative of Казахстан and орган the last letter, of Вьетнам, систем and Киев two, but not in
their other cases, which are then other terms. Of the tokens of real text one in twenty is parted so
from the other forms of its word.
"""

import re
from functools import cache
from typing import NamedTuple

from pymorphy3 import MorphAnalyzer

_CYRILLIC = re.compile("[а-я]+")
_PLACE = "Geox"
"""OpenCorpora's mark of names of places."""


class Lemma(NamedTuple):
    """A dictionary form, folded, and whether it names a place: names are not shortened further, as
    Дания would be to what is left of данный."""

    form: str
    is_place: bool


def russian(folded: str) -> Lemma:
    """Return the likeliest dictionary form of a folded word; one with other letters than Russian
    ones is its own."""
    if not _CYRILLIC.fullmatch(folded):
        return Lemma(folded, is_place=False)
    likeliest = _dictionary().parse(folded)[0]
    return Lemma(likeliest.normal_form.replace("ё", "е"), _PLACE in likeliest.tag)


@cache
def _dictionary() -> MorphAnalyzer:
    """Return the dictionary, which takes 20 MB and a tenth of a second, once it is needed."""
    return MorphAnalyzer(lang="ru")
