"""What the reading child writes to its parent, a line of JSON each, and how far it is believed.

The child may have been taken over by a hostile file: every line is checked, cut and cleaned.
"""

import json
from typing import NamedTuple

from engine import dates
from indexer.cleaning import clean
from indexer.readings import REASONS, About, Block, Page

LONGEST_LINE = 8_000_000
"""Bytes of one message: about the text of 1,000 dense pages of print."""
MOST_PAGES = 5_000
MOST_BLOCKS = 50_000
LONGEST_GUESS = 300


class End(NamedTuple):
    """The file was read to its end, or given up for a reason."""

    reason: str


Message = About | Page | End


def line(message: Message) -> bytes:
    """Return a message as one line."""
    return json.dumps(_written(message)).encode() + b"\n"


def message(text: bytes) -> Message | None:
    """Return the message of a line, or None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match found:
        case {"about": [int(pages), str(title), str(written), str(language)]} if (
            0 < pages <= MOST_PAGES
        ):
            return About(pages, _short(title), _date(written), _language(language))
        case {"page": [int(number), list(blocks), str(reason)]} if len(blocks) <= MOST_BLOCKS:
            return _page(number, blocks, reason)
        case {"end": str(reason)} if reason in REASONS or not reason:
            return End(reason)
    return None


def _written(message: Message) -> dict[str, object]:
    match message:
        case About(pages, title, written, language):
            return {"about": [pages, title, written, language]}
        case Page(number, blocks, reason):
            return {"page": [number, [[block.text, block.heading] for block in blocks], reason]}
        case End(reason):
            return {"end": reason}


def _page(number: int, found: list[object], reason: str) -> Page | None:
    blocks = []
    for block in found:
        match block:
            case [str(text), bool(heading)]:
                blocks.append(Block(clean(text), heading))
            case _:
                return None
    if reason not in REASONS and reason:
        return None
    return Page(number, tuple(block for block in blocks if block.text), reason)


def _short(text: str) -> str:
    return clean(text)[:LONGEST_GUESS]


def _date(text: str) -> str:
    try:
        return dates.normal(text)
    except ValueError:
        return ""


def _language(text: str) -> str:
    return text if len(text) == 2 and text.isascii() and text.islower() else ""
