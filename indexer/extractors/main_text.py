"""Decides which blocks of a web page are its main text.

Trafilatura (Apache-2.0) finds the main text better than rules of our own did, but returns it
without the levels of headings and without some of them. So what it finds only chooses among the
blocks of the page, and those stay as the page has them.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from trafilatura import bare_extraction

from indexer.cleaning import clean
from indexer.extractors.blocks import Part
from indexer.extractors.teasers import is_teaser
from indexer.readings import Block

LONG = 25
"""Letters of a block that may stand anywhere in the text, its words run together with others'."""
MOSTLY = 0.75
"""A long block is chosen that shares this many of its runs of words with what is left over of the
text; the text is taken as it is where the chosen blocks hold less of it."""
RUN = 3
"""Words of a run."""
MOST_PLACES = 20
"""Places in the text that are tried for one block."""
MOST_ASIDE = 0.2
"""Share of the main text that may be left out because its place calls itself an aside."""
LONGEST_HEADING = 120
"""Characters of a heading that is added; more are a caption."""
MOST_HEADINGS = 2
"""Headings in a row that stand above a text; more are a list of other pages."""

_WORDS = re.compile(r"[^\W_]+")

_Chain = tuple[int, "_Chain"] | None
"""The place of a block, and the chain before it."""


def main_blocks(source: str, parts: Sequence[Part]) -> tuple[Block, ...]:
    """Return those of the page's blocks that are its main text, or all where none can be told
    from the others."""
    found = bare_extraction(source, include_comments=False, with_metadata=False)
    return matching(getattr(found, "text", None) or "", parts)


def matching(text: str, parts: Sequence[Part]) -> tuple[Block, ...]:
    """Return the blocks that stand in a text, with the headings above them and without asides; the
    lines of the text where they hold too little of it, all blocks where it is empty."""
    blocks = [part.block for part in parts]
    words = _words(text)
    wanted = sum(map(len, words))
    if not wanted:
        return tuple(blocks)
    keys = ["".join(_words(block.text)) for block in blocks]
    chosen = set(_in_order(words, keys))
    chosen |= set(_elsewhere(text, keys, chosen))
    chosen |= set(_left_over(words, blocks, keys, chosen))
    if sum(len(keys[at]) for at in chosen) < MOSTLY * wanted:
        lines = (clean(line) for line in text.splitlines())
        return tuple(Block(line) for line in lines if line)
    chosen |= set(_above(chosen, blocks))
    return tuple(blocks[at] for at in sorted(_kept(chosen, parts)))


def _kept(chosen: set[int], parts: Sequence[Part]) -> set[int]:
    """Return the chosen without asides, if those hold little of it, without lines that lead away,
    and without headings that nothing stands under."""
    asides = {at for at in chosen if parts[at].is_aside}
    if _letters(asides, parts) <= MOST_ASIDE * _letters(chosen, parts):
        chosen = chosen - asides
    kept = {at for at in chosen if not is_teaser(parts[at].block.text)} or chosen
    last = max((at for at in kept if not parts[at].block.level), default=max(kept))
    return {at for at in kept if at <= last}


def _letters(chosen: set[int], parts: Sequence[Part]) -> int:
    return sum(len(parts[at].block.text) for at in chosen)


def _in_order(words: Sequence[str], keys: Sequence[str]) -> Iterator[int]:
    """Yield the places of blocks that stand in the text in the order of the page, last ones first,
    such that they hold the most letters of it.

    `front` has, for ever longer beginnings of the text, the most letters that blocks so far hold
    of it, and the chain of those blocks.
    """
    text = "".join(words)
    edges = {0, *accumulate(map(len, words))}
    ends: list[int] = [0]
    front: list[tuple[int, _Chain]] = [(0, None)]
    for at, key in enumerate(keys):
        added = []
        for begin in _places(text, key, edges):
            held, chain = front[bisect_right(ends, begin) - 1]
            added.append((begin + len(key), held + len(key), (at, chain)))
        for end, held, chain in added:
            place = bisect_right(ends, end)
            if front[place - 1][0] > held:
                continue
            beaten = place
            while beaten < len(front) and front[beaten][0] <= held:
                beaten += 1
            if ends[place - 1] == end:
                place -= 1
            ends[place:beaten], front[place:beaten] = [end], [(held, chain)]
    last = front[-1][1]
    while last:
        yield last[0]
        last = last[1]


def _places(text: str, key: str, edges: set[int]) -> Iterator[int]:
    """Yield where a block may stand in the text; a short one begins and ends with a word of it."""
    begin = text.find(key) if key else -1
    for _ in range(MOST_PLACES):
        if begin < 0:
            return
        if len(key) >= LONG or (begin in edges and begin + len(key) in edges):
            yield begin
        begin = text.find(key, begin + 1)


def _elsewhere(text: str, keys: Sequence[str], chosen: set[int]) -> Iterator[int]:
    """Yield the places of blocks that are a line of the text, which has it in another order."""
    lines = Counter("".join(_words(line)) for line in text.splitlines())
    lines.subtract(keys[at] for at in chosen)
    for at, key in enumerate(keys):
        if key and at not in chosen and lines[key] > 0:
            lines[key] -= 1
            yield at


def _left_over(
    words: Sequence[str], blocks: Sequence[Block], keys: Sequence[str], chosen: set[int]
) -> Iterator[int]:
    """Yield the places of long blocks that are in the text but for some of their words."""
    known = Counter(_runs(words))
    for at in chosen:
        known.subtract(_runs(_words(blocks[at].text)))
    for at, block in enumerate(blocks):
        if at not in chosen and len(keys[at]) >= LONG:
            runs = Counter(_runs(_words(block.text)))
            if (runs & known).total() >= MOSTLY * runs.total() > 0:
                known.subtract(runs)
                yield at


def _above(chosen: set[int], blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the places of the headings directly above a chosen text."""
    row: list[int] = []
    for at in range(len(blocks)):
        if blocks[at].level and len(blocks[at].text) <= LONGEST_HEADING:
            row.append(at)
        else:
            if at in chosen and len(row) <= MOST_HEADINGS:
                yield from row
            row = []


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(RUN)), strict=False)
