"""Text to terms: tokenising, folding and stemming, the same for every engine.

A token is a run of letters, digits and their marks; a run of Han or kana characters gives its
bigrams, and every single character too, so that both words and characters can be searched. A
token is folded (compatibility forms, case, accents, Arabic letter variants) and then stemmed in
the language of its text. Terms know their position, so that phrases can be found.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from engine import lemmas
from engine.homographs import strange_to
from engine.names import NAMES

STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}
"""Snowball's algorithm for each language that has one here; other languages are only folded."""

_LEMMAS = {"ru": lemmas.russian}
"""What brings the forms of a word together before they are stemmed, where the stemmer alone parts
many of them."""

_NEVER_ASCII = ("ar", "ru")
"""The languages whose stemmer does nothing to letters without accents."""

_PREFIXING = ("ar", "id", "nl", "ru", "tr")
"""The languages in which a term may begin with another letter than its word."""

REMEMBERED = 1_000_000
"""Tokens whose term is remembered, so that nobody's queries can fill the memory."""
CUT = "~"
"""Ends a stem that would else be a common word of another language."""
LONGEST_TERM = 64
"""Characters kept of a term: longer runs are tables, addresses or noise."""


class Token(NamedTuple):
    """A term and where it stands: characters `start` to `end`, and its position in the count of
    words (each Han character counts as one)."""

    start: int
    end: int
    term: str
    position: int


def _ranges(characters: Iterator[int]) -> str:
    """Return the inside of a regular expression's character class."""
    found: list[list[int]] = []
    for code in characters:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


_IDEOGRAPHS = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = _ranges(c for c in range(0x300, 0x1E00) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
_LETTER = rf"[^\W_{_IDEOGRAPHS}]"
_WORD = re.compile(rf"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*(?:['’][sS](?![^\W_]))?")
_INSIDE = re.compile(rf"{_LETTER}|[{_MARKS}]")
_TOKEN = re.compile(rf"(?P<han>[{_IDEOGRAPHS}]+)|{_WORD.pattern}")
_SPACELESS = re.compile(rf"[{_IDEOGRAPHS}]")
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "'"}
_COMMON_MARKS = (("’", "'"), ("“", " "), ("”", " "), ("–", " "), ("•", " "), ("\u00a0", " "))
_BEYOND_LATIN = re.compile(rf"[^\W_\x00-\xff]|[{_MARKS}{_IDEOGRAPHS}]")
_LATIN = bytes(
    ord(chr(code).lower()) if re.match(rf"{_LETTER}|'", chr(code)) else 0 for code in range(256)
)
_POSSESSIVE = re.compile(rb"'s(?<=[^\0']'s)(?=[\0']|$)(?:'(s)(?=[\0']|$))?")
_LATIN_GREEK_ARABIC = re.compile("[\u0041-\u024f\u0370-\u03ff\u0600-\u06ff\u1e00-\u1fff]")
_FOLDED_LETTERS = str.maketrans(
    {"ё": "е", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"\u0640": "", "ى": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ی": "ي"}
)
_PLAIN_LETTERS: dict[int, str] = {}
"""The letters of European languages that are one or two letters of ASCII when folded, as most words
with accents only have such."""
_REGULAR = {
    "ar": ((re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})"), ""), (re.compile("ه$"), "ة")),
    "es": ((re.compile("dades$"), "dad"),),
    "pt": ((re.compile(r"(?<=\w)oes$"), "ao"),),
}
"""What Snowball's algorithms read differently in forms of one word, on folded tokens: the Arabic
article and feminine ending, and the plurals of ciudad and lição."""


def fold(token: str) -> str:
    """Return a token without differences of case, width, accent and Arabic letter form."""
    if token.isascii():
        token = token.lower()
        return token[:-2] if token.endswith("'s") else token
    plain = token.translate(_PLAIN_LETTERS)
    if plain.isascii() and "'" not in plain:
        return plain.lower()
    token = unicodedata.normalize("NFKC", token).casefold().removesuffix("’s").removesuffix("'s")
    if _LATIN_GREEK_ARABIC.search(token):
        letters = unicodedata.normalize("NFD", token)
        token = "".join(c for c in letters if not unicodedata.combining(c))
        token = unicodedata.normalize("NFC", token)
    return token.translate(_FOLDED_LETTERS)


_PLAIN_LETTERS.update(
    (code, plain)
    for code in range(0xC0, 0x250)
    if chr(code).isalpha() and (plain := fold(chr(code))).isascii()
)


def _with_plain_marks(text: str) -> str:
    """Return a text with the commonest marks beyond ASCII as ones of ASCII that divide alike."""
    for mark, plain in _COMMON_MARKS:
        text = text.replace(mark, plain)
    return text


def words(text: str) -> list[str] | None:
    """Return the tokens of a text without Han or kana; None for one that has them.

    What every document is read with, so the common case takes no regular expression.
    """
    if not text.isascii():
        text = _with_plain_marks(text)
        if not text.isascii():
            return None if _SPACELESS.search(text) else _WORD.findall(text)
    found = text.translate(_SPACES).split()
    if "'" not in text:
        return found
    parts = ([word] if "'" not in word else _WORD.findall(word) for word in found)
    return [word for part in parts for word in part]


def latin_letters(text: str) -> bytes | None:
    """Return the letters of a text's tokens in Latin-1, without case and possessive endings, with
    zeros for all that is between; None for one that has letters beyond Latin-1.

    These are the tokens of `words`, but for differences that no term has.
    """
    if text.isascii():
        letters = text.encode()
    else:
        text = _with_plain_marks(text)
        try:
            letters = text.encode("latin-1")
        except UnicodeEncodeError:
            if _BEYOND_LATIN.search(text):
                return None
            letters = text.encode("latin-1", "replace")
    letters = letters.translate(_LATIN)
    if b"'" not in letters:
        return letters
    if b"'s" in letters:
        # The s of a second ending begins a token: “x's's” is read as “x's” and “s”.
        letters = _POSSESSIVE.sub(lambda found: b"\0s" if found[1] else b"", letters)
    return letters.replace(b"'", b"\0")


class Analyzer:
    """The analysis of one language; safe to share between threads."""

    def __init__(self, language: str) -> None:
        algorithm = STEMMERS.get(language)
        # Without the stemmer's own cache, which costs more than most words do.
        self._stem_word = Stemmer.Stemmer(algorithm, 0).stemWord if algorithm else None
        self._lemma = _LEMMAS.get(language)
        self._regular = _REGULAR.get(language, ())
        self._strange = strange_to(language)
        self._keeps_initials = language not in _PREFIXING
        self._lock = threading.Lock()
        self._terms: dict[str, str] = {}

    def term(self, token: str) -> str:
        """Return the term that one token is indexed as."""
        term = self._terms.get(token)
        if term is None:
            if len(self._terms) >= REMEMBERED:
                self._terms.clear()
            term = self._terms[token] = self.reduce(token)
        return term

    def reduce(self, token: str) -> str:
        """Return the term of a token, without remembering it."""
        return self.stem(_solid(token))

    def stem(self, folded: str) -> str:
        """Return the term of a token that is folded already."""
        if self._stem_word is None or folded in NAMES:
            return folded[:LONGEST_TERM]
        term = folded
        if self._lemma:
            term, is_place = self._lemma(folded)
            if is_place:
                return term[:LONGEST_TERM]
        for form, regular in self._regular:
            term = form.sub(regular, term)
        with self._lock:
            term = self._stem_word(term) or term
        if term in self._strange and term != folded:
            term += CUT
        return term[:LONGEST_TERM]

    def terms(self, text: str) -> list[tuple[str, int]]:
        """Return all terms of a text with their positions, positions ascending."""
        found = words(text)
        if found is not None:
            return [(self.term(word), position) for position, word in enumerate(found)]
        return [(token.term, token.position) for token in self.tokens(text, single=True)]

    def find(
        self, text: str, is_wanted: Callable[[str], bool], initials: str, *, single: bool = False
    ) -> list[Token]:
        """Return the tokens of a text whose term is wanted, in order; positions are left at 0
        unless the text has Han or kana. `initials` has the first letter of every wanted term."""
        different = words(text)
        # A lone “s” must be told from the end of “city's”, which takes whole tokens.
        if different is None or is_wanted("s"):
            return [token for token in self.tokens(text, single=single) if is_wanted(token.term)]
        # Few words of a text are wanted: these are looked up, the others never touched again.
        candidates = set(different)
        if self._keeps_initials:
            either = initials + initials.upper()
            candidates = {word for word in candidates if word[0] in either or word[0] > "\x7f"}
        wanted = {word.partition("'")[0] for word in candidates if is_wanted(self.term(word))}
        places = {at for word in wanted for at in _places(text, word)}
        tokens = []
        for start in sorted(places):
            token = _WORD.match(text, start)
            if token and is_wanted(term := self.term(token[0])):
                tokens.append(Token(start, token.end(), term, 0))
        return tokens

    def tokens(self, text: str, *, single: bool = False) -> Iterator[Token]:
        """Yield the tokens of a text; Han runs as bigrams, with `single` as characters too."""
        position = 0
        for found in _TOKEN.finditer(text):
            start, end = found.span()
            if found["han"] is None:
                yield Token(start, end, self.term(found[0]), position)
                position += 1
                continue
            for at in range(start, end):
                if single or end - start == 1:
                    yield Token(at, at + 1, self.term(text[at]), position + at - start)
                if at + 1 < end:
                    yield Token(at, at + 2, self.term(text[at : at + 2]), position + at - start)
            position += end - start


def _solid(token: str) -> str:
    """Return a folded token; a term is never empty and has no white space, which some letters
    fold to."""
    if token.isascii() and token.isalnum():
        return token.lower()
    return "".join(fold(token).split()) or token


def _places(text: str, word: str) -> Iterator[int]:
    """Yield where a word begins in a text, but not inside of other words."""
    at = text.find(word)
    while at >= 0:
        if at == 0 or not _INSIDE.match(text, at - 1):
            yield at
        at = text.find(word, at + len(word))


@cache
def analyzer(language: str) -> Analyzer:
    """Return the analyzer of a language; all languages without a stemmer share one."""
    return Analyzer(language) if language in STEMMERS or not language else analyzer("")


@lru_cache(maxsize=100_000)
def terms_of(token: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the different terms that a token has in some languages."""
    folded = _solid(token)
    analyzers = _analyzers(languages, is_ascii=folded.isascii())
    return tuple(dict.fromkeys([analysis.stem(folded) for analysis in analyzers]))


@cache
def _analyzers(languages: tuple[str, ...], *, is_ascii: bool) -> tuple[Analyzer, ...]:
    """Return the different analyzers of some languages, without those that leave ASCII as it is."""
    plain = _NEVER_ASCII if is_ascii else ()
    wanted = ["" if language in plain else language for language in languages or ("",)]
    return tuple(dict.fromkeys(map(analyzer, wanted)))
