"""Queries of every kind that the service takes, over documents in any language."""

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from bench import queries
from bench.passages import SEED, Volume
from engine.documents import SECTIONS
from engine.queries import MATCHES, SORTS, Query
from engine.vocabulary import Vocabulary

NARROWED = 0.2
"""The share of queries that get a section, a date, another order or a later page too."""
YEARS = (2008, 2024)
LATEST_PAGE = 4

_SCRIPTS = tuple(
    re.compile(letters)
    for letters in ("[\u3400-\u9fff]{2,4}", "[\u0621-\u064a]{4,12}", "[\u0400-\u04ff]{4,}")
)
"""Words of Han, of Arabic and of Cyrillic."""


def asked(volumes: Sequence[Volume], vocabulary: Vocabulary, size: int) -> tuple[Query, ...]:
    """Return so many queries, the same every time: of ten, five of the mix that speed is measured
    with, an alternative, a concept of the glossary, two in other scripts, and one without text.

    Raises ValueError where the texts are too few for it.
    """
    random = Random(SEED)
    with_text = [volume for volume in volumes if volume.passages]
    mixed = queries.mix(with_text, size)
    forms = [form.text for concept in vocabulary.glossary.concepts for form in concept]
    words = [_of_script(with_text, script) for script in _SCRIPTS]
    every = [text for found in words for text in found] or [query.text for query in mixed]
    found = []
    for at, query in enumerate(mixed):
        text = query.text
        match at % 10:
            case 5:
                text = f"{text.split()[0]} OR {random.choice(mixed).text}"
            case 6 if forms:
                text = random.choice(forms)
            case 7 | 8:
                text = _in_script(
                    random.choice([some for some in words if some] or [every]), random
                )
            case 9:
                text = ""
        found.append(_narrowed(replace(query, text=text), random))
    return tuple(found)


def _of_script(volumes: Sequence[Volume], script: re.Pattern[str]) -> list[str]:
    """Return the words of a script that stand in the documents, each once."""
    texts = (passage.text for volume in volumes for passage in volume.passages)
    return list(dict.fromkeys(word for text in texts for word in script.findall(text)))


def _in_script(words: Sequence[str], random: Random) -> str:
    """Return a word, one in quotes, the beginning of one, or one without another."""
    word, other = random.choice(words), random.choice(words)
    return random.choice((word, word, f'"{word}"', f"{word[:3]}*", f"{word} -{other}"))


def _narrowed(query: Query, random: Random) -> Query:
    query = replace(query, match=random.choice(MATCHES))
    if random.random() < NARROWED:
        sections = {"section": tuple(random.sample(SECTIONS, random.choice((1, 2))))}
        query = replace(query, filters={**query.filters, **sections})
    if random.random() < NARROWED:
        query = replace(query, since=str(random.randint(*YEARS)))
    if random.random() < NARROWED:
        query = replace(query, until=f"{random.randint(*YEARS)}-06")
    if random.random() < NARROWED:
        query = replace(query, sort=random.choice(SORTS))
    if random.random() < NARROWED:
        query = replace(query, page=random.randint(2, LATEST_PAGE))
    return query
