"""Chooses the title of a web page among its headings, its window's title and the one for sharing,
without the name of the site."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from indexer import partners

ALIKE = 0.6
"""Share of letters that a heading has in common with a title that says the same."""
SHORTEST = 2
"""Words of a title that a heading may repeat after a rubric of its own."""
SENTENCE = 4
"""Words of a heading that is hardly a rubric."""

_HAN = "[\u3400-\u9fff\uff00-\uff65」』》”]"
_PARTED = re.compile(
    rf"\s+(?:[|–—·•«»]|::|-|›|/)\s+|\s*[|»｜]\s*|(?<={_HAN})(?:--?|[_–－丨])(?=[\u3400-\u9fff])"
)
_MARK = re.compile(r":\s|\s[|–—·•-]\s")
_RUBRIC = re.compile(r"[:|–—·•»-]\s*$")
"""What parts a rubric from the title after it."""
_LETTERS = re.compile(r"[^\W_]+")


def title(shared: str, window: str, main: Sequence[str], lesser: Sequence[str], site: str) -> str:
    """Return the title: a main heading that begins with the title for sharing, else a heading that
    the other titles repeat, else a sentence that is the only main heading, else the title for
    sharing, else the window's, else the first heading.

    `main` are the headings of level 1, `lesser` those of the levels below, `site` the name of the
    site where the page gives it.
    """
    own = [found for found in main if found and not says_same(found, site)]
    headings = [*own, *(found for found in lesser if found)]
    whole = without_site(shared or window, site)
    parts = _parts(window, site)
    return (
        _begun(own, whole)
        or _repeated(headings, [shared, without_site(shared, site)])
        or _repeated(headings, [window, without_site(window, site)])
        or next((whole for heading in own if _key(whole) and _key(whole) in _key(heading)), "")
        or next((part for part in parts[:1] if _ends_one_of(own, part)), "")
        or _repeated(headings, [part for part in parts if part in parts[:1] or part != parts[-1]])
        or next((heading for heading in own if _alike(heading, shared)), "")
        or next((heading for heading in own if _alike(heading, whole)), "")
        or _only_sentence(own)
        or whole
        or next(iter([*own, *main]), "")
    )


def _repeated(headings: Sequence[str], said: Sequence[str]) -> str:
    """Return the first heading that says the same as one of the titles: as that title has it,
    where only that parts the rubric from what follows."""
    titles = {_key(one): one for one in reversed(said) if _key(one)}
    heading = next((heading for heading in headings if _key(heading) in titles), "")
    same = titles.get(_key(heading), "")
    return same if _MARK.search(same) and not _MARK.search(heading) else heading


def _begun(headings: Sequence[str], said: str) -> str:
    """Return the first heading that begins with a title and goes on: titles are often cut."""
    key = _key(said)
    longer = [one for one in headings if _key(one).startswith(key) and _key(one) != key]
    return next(iter(longer), "") if _is_sentence(said) else ""


def _only_sentence(headings: Sequence[str]) -> str:
    """Return the only heading, where it has the words of a sentence: search engines are often
    told another title than people."""
    different = set(headings)
    return next((one for one in different if len(different) == 1 and _is_sentence(one)), "")


def _is_sentence(heading: str) -> bool:
    return len(_LETTERS.findall(heading)) >= SENTENCE


def _ends_one_of(headings: Sequence[str], part: str) -> bool:
    """Tell whether a title is the end of a heading that begins with a rubric and a mark."""
    is_title = len(part.split()) >= SHORTEST
    return is_title and any(
        heading.casefold().endswith(part.casefold()) and _RUBRIC.search(heading[: -len(part)])
        for heading in headings
    )


def without_site(said: str, site: str) -> str:
    """Return a title without the name of the site: that name where it is known, else the part
    that has the most letters and is no organisation."""
    parts = _parts(said, site)
    if not parts:
        return said
    if site and len(parts) < len(_PARTED.split(said)):
        kept = [part for part in _PARTED.split(said) if not says_same(part, site)]
        begin, end = said.find(kept[0]), said.rfind(kept[-1]) + len(kept[-1])
        return said[begin:end].strip()
    longest = max(parts, key=len)
    others = [part for part in parts if len(part.split()) >= SHORTEST and part != longest]
    return max(others, key=len) if others and partners.is_one(longest) else longest


def _parts(said: str, site: str) -> list[str]:
    return [part for part in _PARTED.split(said) if part.strip() and not says_same(part, site)]


def says_same(first: str, second: str) -> bool:
    """Tell whether two texts differ in case, space and punctuation only."""
    return bool(_key(first)) and _key(first) == _key(second)


def _alike(first: str, second: str) -> bool:
    return SequenceMatcher(None, _key(first)[:200], _key(second)[:200]).ratio() >= ALIKE


def _key(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()
