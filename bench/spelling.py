"""Whether misspelt words are corrected, and correct queries left alone.

Words are drawn from those of an index, each alike: of letters only, at least five of them, and in
the texts at least five times. Each is misspelt once: a letter is lost, doubled or put in, changed
for another of the same words, or swapped with its neighbour; never the first one, and never so
that another word of the index comes out. Correct queries are those that speed is measured with.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from bench import passages, queries
from bench.passages import SEED
from engine.embedded.engine import EmbeddedEngine
from engine.help import suggestion
from engine.protocol import Engine
from engine.queries import Query
from engine.spelling import Spelling

MISSPELT = 200
CORRECT = 500
SHORTEST = 5
LEAST = 5


@dataclass(frozen=True, slots=True)
class Spelt:
    """How many words were misspelt and corrected at the first suggestion, how many correct
    queries got one, and how long a suggestion takes: median and 95th percentile in ms. `failed`
    are the misspellings that were not corrected: word, misspelling, suggestion; `needless` the
    correct queries with what was suggested."""

    words: int
    misspelt: int
    corrected: int
    correct: int
    suggested: int
    p50: float
    p95: float
    failed: tuple[tuple[str, str, str | None], ...]
    needless: tuple[tuple[str, str], ...]


def measure(source: Path, wanted: int) -> Spelt:
    """Index this many passages in memory, and misspell their words."""
    volumes = passages.take(passages.read(source), wanted)
    engine = EmbeddedEngine.in_memory()
    with engine.write(passages.vocabulary(volumes), fresh=True) as batch:
        for volume in volumes:
            batch.put(volume.document, volume.passages)
    return spelt(engine, [query.text for query in queries.mix(volumes, CORRECT)])


def spelt(engine: Engine, correct: Sequence[str]) -> Spelt:
    """Misspell words of an index, and ask for suggestions for these and for correct texts."""
    spelling = engine.wording().spelling
    misspelt = misspellings(spelling, MISSPELT)
    times: list[float] = []

    def suggested(text: str) -> str | None:
        started = perf_counter()
        found = suggestion(engine, Query(text))
        times.append((perf_counter() - started) * 1000)
        return found

    answers = [(word, wrong, suggested(wrong)) for word, wrong in misspelt]
    failed = tuple(answer for answer in answers if answer[2] != answer[0])
    of_misspelt = sorted(times)
    needless = tuple((text, said) for text in correct if (said := suggested(text)) is not None)
    return Spelt(
        len(spelling),
        len(answers),
        len(answers) - len(failed),
        len(correct),
        len(needless),
        median(of_misspelt),
        of_misspelt[int(len(of_misspelt) * 0.95)],
        failed,
        needless,
    )


def misspellings(spelling: Spelling, size: int) -> list[tuple[str, str]]:
    """Return words of an index, each with a misspelling that is none; the same every time.

    Raises ValueError when the index has too few words.
    """
    random = Random(SEED)
    words = sorted(w for w, n in spelling.words() if n >= LEAST and len(w) >= SHORTEST)
    if len(words) < size:
        raise ValueError(f"The index has only {len(words)} words that could be misspelt.")
    letters = sorted(set("".join(words)))
    found: list[tuple[str, str]] = []
    for word in random.sample(words, len(words)):
        alike = [letter for letter in letters if _script(letter) == _script(word[0])]
        wrong = random.choice(_WAYS)(word, random.randrange(1, len(word)), alike, random)
        if spelling.count(wrong) == 0:
            found.append((word, wrong))
        if len(found) == size:
            break
    return found


def as_json(spelt: Spelt) -> str:
    """Return what was measured as one JSON object."""
    return json.dumps(
        {
            "words": spelt.words,
            "misspelt": spelt.misspelt,
            "corrected": spelt.corrected,
            "correct": spelt.correct,
            "suggested": spelt.suggested,
            "p50_ms": round(spelt.p50, 2),
            "p95_ms": round(spelt.p95, 2),
        }
    )


def as_text(spelt: Spelt) -> str:
    """Return what was measured in words, with what was not corrected."""
    lines = [
        f"{spelt.words:,} words in the index.",
        f"{spelt.corrected} of {spelt.misspelt} misspellings corrected at the first suggestion"
        f" ({spelt.corrected / spelt.misspelt:.1%}).",
        f"{spelt.suggested} of {spelt.correct} correct queries got a suggestion"
        f" ({spelt.suggested / spelt.correct:.1%}).",
        f"A suggestion takes {spelt.p50:.1f} ms (median), {spelt.p95:.1f} ms (95th percentile).",
    ]
    lines += [
        f"not corrected: {wrong} ({word}): {said or '–'}" for word, wrong, said in spelt.failed
    ]
    lines += [f"not needed: {text}: {said}" for text, said in spelt.needless]
    return "\n".join(lines)


def _lost(word: str, at: int, _letters: Sequence[str], _random: Random) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int, _letters: Sequence[str], _random: Random) -> str:
    return word[: at + 1] + word[at:]


def _put_in(word: str, at: int, letters: Sequence[str], random: Random) -> str:
    return word[:at] + random.choice(letters) + word[at:]


def _changed(word: str, at: int, letters: Sequence[str], random: Random) -> str:
    return word[:at] + random.choice(letters) + word[at + 1 :]


def _swapped(word: str, at: int, _letters: Sequence[str], _random: Random) -> str:
    at = max(at, 2)
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


_WAYS: tuple[Callable[[str, int, Sequence[str], Random], str], ...] = (
    _lost,
    _doubled,
    _put_in,
    _changed,
    _swapped,
)


def _script(letter: str) -> int:
    """Return a number that letters of one script share: their block of 256, Latin ones as one."""
    return max(ord(letter) >> 8, 2)
