"""What a query that is being typed may go on to: titles, places, headings, frequent phrases.

A completion is found by the beginning of any of its words, of Han and kana of any character.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.analysis import fold
from engine.documents import UNDER

MOST = 8
"""Completions of an answer."""
TYPED = 60
"""Characters of what was typed that are looked at."""
LONGEST = 100
SHORTEST = 3
"""Characters of a completion; of headings and phrases."""
PHRASE = range(2, 5)
"""Words of a phrase."""
FREQUENT = 3
"""Documents whose titles or headings a phrase must stand in."""
TITLE, PLACE, HEADING, PHRASED = 4.0, 3.0, 1.0, 2.0
"""How much each document counts for a completion that is its title, a place of it, …"""
BEGINNING = 4.0
"""How much more a completion counts that begins as the query does."""

_HAN = "\u3040-\u30ff\u3400-\u9fff"
_START = re.compile(rf"[{_HAN}]|(?<![^\W{_HAN}])[^\W_{_HAN}]")
_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_RUNS = re.compile(r"[^,;:.!?()\[\]“”\"«»/|–—]+")
_ENDING = " .,:;–—-"
_NUMBER = re.compile(r"^(?:[\W\d_]+|[IVXivx]+[.)]\s|[A-Za-z][.)]\s)+")
_JOINING = re.compile(
    "about|after|also|among|avec|before|between|cette|como|comme|dans|desde|during|each|entre|"
    "esta|este|from|have|into|leur|more|other|over|para|pela|pelo|plus|por|pour|qui|sans|sobre|"
    "such|than|that|their|them|these|this|those|through|towards|under|upon|uses|using|what|when|"
    "where|which|while|with|within|without|your|более|для|или|как|между|над|они|под|при|что"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one document is known by: its title, the headings in it, the places it is about."""

    title: str
    headings: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Completions:
    """Everything that queries may go on to; safe to share between threads."""

    def __init__(self, documents: Iterable[Said]) -> None:
        weights = _weights(documents)
        self._texts = list(weights)
        folded = [_folded(text) for text in self._texts]
        starts = [(number, at) for number, text in enumerate(folded) for at in _starts(text)]
        starts.sort(key=lambda start: folded[start[0]][start[1] : start[1] + TYPED])
        self._folded = folded
        self._numbers = np.array([number for number, _ in starts], np.uint32)
        self._offsets = np.array([at for _, at in starts], np.uint16)
        every = np.fromiter(weights.values(), np.float32, len(weights))
        self._weights = every[self._numbers] if len(every) else every
        self._weights[self._offsets == 0] *= BEGINNING

    def starting(self, typed: str, most: int = MOST) -> list[str]:
        """Return the completions of what was typed, the weightiest first."""
        wanted = _folded(typed)[:TYPED]
        if not wanted:
            return []
        low = bisect_left(range(len(self._numbers)), wanted, key=self._key)
        high = bisect_left(range(len(self._numbers)), wanted + "\U0010ffff", key=self._key)
        weights = self._weights[low:high]
        # One completion may go on from the query at several of its words.
        size = min(most * 4, len(weights))
        best = np.argpartition(-weights, size - 1)[:size] if size else np.zeros(0, np.intp)
        texts = {self._texts[self._numbers[low + at]]: float(weights[at]) for at in best}
        order = sorted(texts, key=lambda text: (-texts[text], len(text), text))
        return order[:most]

    def _key(self, place: int) -> str:
        at = int(self._offsets[place])
        text = self._folded[int(self._numbers[place])]
        return text[at : at + TYPED]


def _weights(documents: Iterable[Said]) -> dict[str, float]:
    """Return everything that can be said, with its weight; what differs in case or accents alone
    counts together, in the form that came first."""
    weights: defaultdict[str, float] = defaultdict(float)
    phrases: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for said in documents:
        headings = [_NUMBER.sub("", h.rpartition(UNDER)[2]).strip() for h in said.headings]
        parts = ((said.title, TITLE), *((place, PLACE) for place in said.places))
        parts += tuple((heading, HEADING) for heading in headings)
        of_document: dict[str, float] = {}
        for text, weight in parts:
            text = " ".join(text.split()).rstrip(_ENDING)
            if SHORTEST <= len(text) <= LONGEST or weight >= PLACE:
                folded = _folded(text)
                shown.setdefault(folded, text)
                of_document[folded] = max(weight, of_document.get(folded, 0))
        for folded, weight in of_document.items():
            weights[folded] += weight
        texts = (said.title, *headings)
        phrases.update({phrase for text in texts for phrase in _phrases(text)})
    for phrase, count in phrases.items():
        folded = _folded(phrase)
        if count >= FREQUENT and folded not in weights:
            shown.setdefault(folded, phrase)
            weights[folded] += PHRASED * count
    return {shown[folded]: weight for folded, weight in weights.items() if folded}


def _phrases(text: str) -> Iterator[str]:
    """Yield the runs of a few words in a text that begin and end with a telling one."""
    for run in _RUNS.findall(text.lower()):
        words = _WORDS.findall(run)
        telling = [len(word) > SHORTEST and not _JOINING.fullmatch(word) for word in words]
        for size in PHRASE:
            for at in range(len(words) - size + 1):
                if telling[at] and telling[at + size - 1]:
                    yield " ".join(words[at : at + size])


def _folded(text: str) -> str:
    return " ".join(fold(word) for word in text.split())


def _starts(folded: str) -> Iterator[int]:
    """Yield where a completion can go on from what was typed."""
    return (found.start() for found in _START.finditer(folded))
