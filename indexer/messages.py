"""What the reading child writes to its parent, a line of JSON each, and how far it is believed.

The child may have been taken over by a hostile file: every line is checked, cut and cleaned.
"""

import json
from dataclasses import astuple, replace
from typing import NamedTuple

from engine import dates
from indexer.cleaning import clean
from indexer.readings import REASONS, About, Block, Outline, Page, Recognition
from indexer.tessdata import LANGUAGES

LONGEST_LINE = 8_000_000
"""Bytes of one message: about the text of 1,000 dense pages of print."""
MOST_PAGES = 5_000
MOST_BLOCKS = 50_000
LONGEST_GUESS = 300
MOST_OUTLINE = 2_000
DEEPEST = 12
"""Levels of an outline."""
LARGEST = 2_000.0
"""Points of a letter."""


class End(NamedTuple):
    """The file was read to its end, or given up for a reason."""

    reason: str


Message = About | Page | Recognition | End


def line(message: Message) -> bytes:
    """Return a message as one line."""
    return json.dumps(_written(message)).encode() + b"\n"


def message(text: bytes) -> Message | None:
    """Return the message of a line, or None where it is none."""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    match found:
        case {
            "about": [
                int(pages),
                str(title),
                str(written),
                str(language),
                list(outline),
                str(author),
                str(place),
            ]
        } if 0 < pages <= MOST_PAGES and len(outline) <= MOST_OUTLINE:
            entries = _outline(outline, pages)
            about = About(pages, _short(title), _date(written), _language(language))
            about = replace(about, author=_short(author), place=_short(place))
            return None if entries is None else replace(about, outline=entries)
        case {"page": [int(number), list(blocks), str(reason)]} if len(blocks) <= MOST_BLOCKS:
            return _page(number, blocks, reason)
        case {"recognised": [int(number), list(blocks), str(reason), str(data)]} if len(
            blocks
        ) <= MOST_BLOCKS and (data in LANGUAGES or not data):
            page = _page(number, blocks, reason)
            return Recognition(replace(page, recognised=True), data) if page else None
        case {"end": str(reason)} if reason in REASONS or not reason:
            return End(reason)
    return None


def _written(message: Message) -> dict[str, object]:
    match message:
        case About(pages, title, written, language, outline, author, place):
            entries = [astuple(entry) for entry in outline[:MOST_OUTLINE]]
            return {"about": [pages, title, written, language, entries, author, place]}
        case Page(number, blocks, reason):
            return {"page": [number, [astuple(block) for block in blocks], reason]}
        case Recognition(Page(number, blocks, reason), data):
            return {"recognised": [number, [astuple(block) for block in blocks], reason, data]}
        case End(reason):
            return {"end": reason}


def _page(number: int, found: list[object], reason: str) -> Page | None:
    blocks = []
    for block in found:
        match block:
            case [str(text), int(level), int(size) | float(size), bool(bold)] if (
                level in range(7) and 0 <= size <= LARGEST
            ):
                blocks.append(Block(clean(text), int(level), float(size), bold))
            case _:
                return None
    if reason not in REASONS and reason:
        return None
    return Page(number, tuple(block for block in blocks if block.text), reason)


def _outline(found: list[object], pages: int) -> tuple[Outline, ...] | None:
    """Return the entries; those without a title, or of no page of the file, are left out."""
    entries = []
    for entry in found:
        match entry:
            case [str(title), int(level), int(page)]:
                entries.append(Outline(_short(title), min(max(level, 1), DEEPEST), page))
            case _:
                return None
    return tuple(entry for entry in entries if entry.title and 0 < entry.page <= pages)


def _refuse(constant: str) -> object:
    """Refuse the numbers that Python reads and JSON does not know, as `NaN`."""
    raise ValueError(constant)


def _short(text: str) -> str:
    return clean(text)[:LONGEST_GUESS]


def _date(text: str) -> str:
    try:
        return dates.normal(text)
    except ValueError:
        return ""


def _language(text: str) -> str:
    return text if len(text) == 2 and text.isascii() and text.islower() else ""
