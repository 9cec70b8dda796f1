"""Whether a sentence model can read a text: which pieces its tokenizer makes of it tells."""

import re
from collections.abc import Iterator

from tokenizers import Tokenizer

KNOWN = 0.6
"""Share of a text's letters that a model reads in words or parts of words, or it does not know the
language. A model of English reads of a Russian, Arabic or Chinese question in XQuAD .07, 0 and .28
in the median, of any in Latin letters .64 and more; one of many languages at least .69 of all."""

_UNHEARD = "𓀀"
"""A letter that no model was taught."""
IDEOGRAPH = re.compile("[\u3400-\u9fff]")


class Literacy:
    """What a tokenizer was taught to read."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._unknown = frozenset(tokenizer.encode(_UNHEARD, add_special_tokens=False).ids)

    def reads(self, text: str) -> bool:
        """Tell whether a text is read in words or parts of words, and not letter by letter. Words
        that are not known at all say neither; ideographs are words."""
        read = letters = 0
        for size, is_known, is_ideograph in self._pieces(text):
            letters += size if is_known or is_ideograph else 0
            read += size if is_known and (size > 1 or is_ideograph) else 0
        return read >= KNOWN * letters

    def _pieces(self, text: str) -> Iterator[tuple[int, bool, bool]]:
        """Yield of each piece the letters in it, and whether it is known and an ideograph."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            size = sum(map(str.isalpha, text[start:end]))
            yield size, piece not in self._unknown, bool(IDEOGRAPH.search(text, start, end))
