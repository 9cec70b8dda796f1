"""Documents in the order of what they say and mean: the best of an engine, weighed again.

Any engine gives the documents that have the words, with vectors of their passages. Here those are
ordered by a mix of the engine's scores and of how near their meaning is to the query's; how much
meaning counts depends on the form of the query. What matches, totals and facets stay the engine's.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from math import inf
from typing import Literal, NamedTuple

from engine.dates import YEAR
from engine.documents import Document, Passage
from engine.meaning import Meaning
from engine.protocol import Batch, Engine, Entry, Findings, Found, Status
from engine.queries import MOST_PER_PAGE, Query, uncapitalised
from engine.syntax import Parsed, parse
from engine.vocabulary import Vocabulary
from engine.wanted import Wanted
from engine.wording import Wording

DOCUMENTS = MOST_PER_PAGE
"""Documents that are ordered anew; those beyond keep their places."""
PASSAGES = 20
"""Of each that are looked at; the best of them are shown."""

NEARLY = 0.95
"""Share of the best passage of the next document that a further passage of this one reaches at
least, or it is not shown; chosen on the half for tuning."""

Form = Literal["question", "keywords", "title", "exact"]

WEIGHTS: Mapping[Form, float] = {"question": 0.75, "keywords": 0.6, "title": 0.1, "exact": 0.0}
"""How much meaning counts beside words, from 0 to 1, by the form of a query; tuned on the halves
for tuning of what `python -m bench` measures."""

LONG = 7
"""Words from which a query is taken for a sentence."""

_ACRONYM = re.compile(r"\b[A-Z]{2,}")
_ASKING = re.compile(
    r"¿?\s*(?:"
    "how|what|when|where|which|who|whom|whose|why|does|do|did|is|are|can|could|should"  # en
    "|comment|pourquoi|quand|quell?e?s?|qui|que|quoi|combien|où|est-ce"  # fr
    "|c[oó]mo|(?:por )?qu[eé]|cu[aá]l(?:es)?|cu[aá]ndo|cu[aá]nt[oa]s?|d[oó]nde"  # es
    "|qui[eé]n(?:es)?|qua(?:l|is)|quando|quant[oa]s?|onde|quem"  # es, pt
    "|как|что|кто|где|когда|почему|зачем|как(?:ой|ая|ое|ие|им|их)|сколько|чем"  # ru
    "|كيف|ما|ماذا|متى|أين|من|لماذا|هل|كم|أي"  # ar
    r")(?!\w)",
    re.IGNORECASE,
)
_ASKING_HAN = re.compile("什么|怎么|怎样|如何|为什么|哪些|哪|谁|多少|是否|什麼|怎麼|怎樣|為什麼|誰")


class Reranked:
    """An engine whose documents come in the order of words and meaning where relevance orders
    them; in everything else the engine itself."""

    def __init__(self, engine: Engine, meaning: Meaning) -> None:
        self._engine = engine
        self._meaning = meaning

    def find(self, query: Query, wanted: Wanted) -> Findings:
        """Return the documents for a query, whose text was analysed to `wanted`."""
        weight = self._weight(query, wanted)
        start = (query.page - 1) * query.per_page
        end = start + query.per_page
        if not weight or start >= DOCUMENTS:
            return self._engine.find(query, wanted)
        first = replace(query, page=1, per_page=DOCUMENTS, passages=max(PASSAGES, query.passages))
        findings = self._engine.find(first, wanted)
        found = self._weighed(findings.found, query, weight)[start:end]
        if end > DOCUMENTS:
            beyond = self._engine.find(query, wanted).found
            found += beyond[DOCUMENTS - start :]
        return replace(findings, found=found)

    def _weight(self, query: Query, wanted: Wanted) -> float:
        if query.order != "relevance" or not wanted.groups or not self._meaning.knows(query.text):
            return 0.0
        return WEIGHTS[form(query.text)]

    def _weighed(self, found: Sequence[Found], query: Query, weight: float) -> tuple[Found, ...]:
        stored = [passage.vector for each in found for passage in each.passages]
        nearness = self._meaning.nearness(query.text, stored)
        return reranked(found, nearness, weight, query.passages)

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id."""
        return self._engine.document(document_id)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return all passages of a document, in reading order."""
        return self._engine.passages(document_id)

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the index was analysed in, most documents first."""
        return self._engine.languages()

    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary that was kept with the index."""
        return self._engine.vocabulary()

    def wording(self) -> Wording:
        """Return how the index says things, the same object for as long as it stays as it is."""
        return self._engine.wording()

    def status(self) -> Status:
        """Return what the index holds."""
        return self._engine.status()

    def entries(self) -> Mapping[str, Entry]:
        """Return every document id with its entry."""
        return self._engine.entries()

    def write(self, vocabulary: Vocabulary, *, fresh: bool) -> AbstractContextManager[Batch]:
        """Open a batch; `fresh` starts from nothing, else from what is there."""
        return self._engine.write(vocabulary, fresh=fresh)

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the index, a sentence each; nothing when all is well."""
        return self._engine.verify()

    def close(self) -> None:
        """Let go of files and connections."""
        self._engine.close()


def form(text: str) -> Form:
    """Return what kind of query a text is: one that says exactly what it wants, by quotes or
    operators; a natural question; a half-remembered title, with a year, an acronym or capitals;
    or keywords."""
    if _is_exact(parse(text)):
        return "exact"
    text = uncapitalised(text)
    words = text.split()
    if _asks(text):
        return "question"
    if YEAR.search(text) or _ACRONYM.search(text) or _has_capitals(words):
        return "title"
    return "question" if len(words) >= LONG else "keywords"


def reranked(
    found: Sequence[Found], nearness: Sequence[float | None], weight: float, shown: int
) -> tuple[Found, ...]:
    """Return documents, and the passages of each, in the order of the mix of their scores, as
    shares of the best document's, and of how near all their passages in turn are in meaning.

    A passage without a vector, and a document without a passage, count as near as all others
    are in the mean. A document's score becomes the mix. At most `shown` passages of each
    document are kept, and after its best only those that nearly reach the next document's best.
    """
    known = [near for near in nearness if near is not None]
    if not known:
        return tuple(_kept(each, range(len(each.passages)), each.score, shown) for each in found)
    usual = sum(known) / len(known)
    best = max(each.score for each in found) or 1.0
    in_turn = iter(nearness)
    weighed: list[_Weighed] = []
    for each in found:
        nears = [usual if n is None else n for n in islice(in_turn, len(each.passages))]
        mixes = [
            (1 - weight) * score / best + weight * near
            for score, near in zip(each.scores, nears, strict=True)
        ]
        order = sorted(range(len(mixes)), key=mixes.__getitem__, reverse=True)
        mix = (1 - weight) * each.score / best + weight * max(nears, default=usual)
        weighed.append(_Weighed(each, mix, order, [mixes[place] for place in order]))
    weighed.sort(key=lambda each: each.score, reverse=True)
    nexts = [each.mixes[0] if each.mixes else -inf for each in weighed[1:]]
    return tuple(
        _kept(each.found, each.order, each.score, _worth_showing(each.mixes[:shown], least))
        for each, least in zip(weighed, [*nexts, -inf], strict=True)
    )


class _Weighed(NamedTuple):
    """A document with its mix, and its passages and their mixes from the best on."""

    found: Found
    score: float
    order: Sequence[int]
    mixes: Sequence[float]


def _worth_showing(mixes: Sequence[float], least: float) -> int:
    """Return how many of a document's passages, best first, come before the best of the next
    document or nearly so; the first always does."""
    return len(mixes[:1]) + sum(mix >= NEARLY * least for mix in mixes[1:])


def _kept(found: Found, order: Sequence[int], score: float, shown: int) -> Found:
    """Return a document with the first of its passages in an order."""
    kept = order[:shown]
    return Found(
        found.document,
        score,
        tuple(found.passages[place] for place in kept),
        found.more_passages + len(order) - len(kept),
        tuple(found.scores[place] for place in kept),
    )


def _is_exact(parsed: Parsed) -> bool:
    atoms = [atom for group in parsed.groups for atom in group]
    joined = len(atoms) > len(parsed.groups)
    return bool(joined or parsed.excluded or any(a.phrase or a.prefix for a in atoms))


def _asks(text: str) -> bool:
    if text.rstrip().endswith(("?", "？", "؟")):
        return True
    return bool(_ASKING.match(text.lstrip()) or _ASKING_HAN.search(text))


def _has_capitals(words: Sequence[str]) -> bool:
    """Tell whether more than the first word, and most of the words, begin with a capital."""
    capitals = [word[:1].isupper() for word in words]
    return any(capitals[1:]) and 2 * sum(capitals) >= len(words)
