"""Puts a large initial, which stands over several lines, before the word that it begins."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from statistics import median

from indexer.extractors.glyphs import Word

LARGE = 2.0
"""Sizes of the text that an initial has at least."""
BESIDE = 3.0
"""Ems from an initial to the line that it begins, at most."""

_WORDS = frozenset("aàáeéiïoóòyаивкосуя")
"""Letters that are words of their own."""


def with_initials(page: Sequence[Word], seen: AbstractSet[str]) -> list[Word]:
    """Return the words of a page, row by row, each initial joined to the first line beside it.

    `seen` are words of the document in small letters, by which `A` and `city` are told from `Town`.
    """
    em = median(word.size for word in page) if page else 0.0
    found = list(page)
    for initial in page:
        is_letter = len(initial.text) == 1 and initial.text.isupper()
        if not is_letter or initial.size < LARGE * em:
            continue
        rest = next((word for word in found if _begins_beside(word, initial, em)), None)
        if rest is None:
            continue
        joint = "" if _is_one(initial.text, rest.text, seen) else " "
        whole = rest._replace(text=f"{initial.text}{joint}{rest.text}", x0=initial.x0)
        found = [whole if word is rest else word for word in found if word is not initial]
    return found


def _begins_beside(word: Word, initial: Word, em: float) -> bool:
    """Tell the first word of a line that stands right of an initial, in its upper half."""
    is_high = initial.y + initial.size / 4 < word.y < initial.y + initial.size
    return is_high and -em < word.x0 - initial.x1 < BESIDE * em and word.text[:1].islower()


def _is_one(initial: str, rest: str, seen: AbstractSet[str]) -> bool:
    first, second = initial.casefold(), rest.casefold().rstrip(".,;:")
    if first + second in seen:
        return True
    return first not in _WORDS or not (second in seen or len(second) > 3)
