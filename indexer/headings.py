"""Which blocks of a document are headings, and of which level.

Decided over all pages at once, from what the extraction store keeps: so a build can do better
without reading a file again. What is larger or bolder than the text, numbered, listed in the
contents or the name of a section is a heading if it is short and stands where a heading can.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.contents import is_contents_title
from indexer.levelling import Heading, levelled
from indexer.numbering import UNNUMBERED, Numbered, key, numbered
from indexer.readings import Block, Outline, Page
from indexer.sections import is_section, section_of
from indexer.style import BOLDER, BULLET, CAPTION, LONGEST, PROSE, Style, can_be, is_prose, length

MUCH = 1.3
"""A title that is this much larger than the text may begin with a small letter."""
SMALLER = 0.93
"""A heading is not smaller than the text."""
APART = 0.9
"""What is set that much smaller is apart."""
SHORT = 130
"""Characters of a heading that is set as the text around it."""
LABEL = 7
"""Words of a heading that is set smaller than the text."""
STOPPED = 3
"""Rank of the numbers up to which a heading may end with a stop."""

_STOP = re.compile(r"[.,;،؛。，；…](?:\s\d{1,3})?$")
_END = re.compile(r"(?:[.!?:;。！？：；؟…)\]][\"'”’»]*\s?[\d\s]{0,6}|\d)$")


class Headed(NamedTuple):
    """A page with the level of each of its blocks, from 1; 0 is text."""

    page: Page
    levels: Sequence[int]
    is_contents: bool


def headed(pages: Sequence[Page], outline: Sequence[Outline] = ()) -> list[Headed]:
    """Return the pages with their headings."""
    style = Style(pages, outline)
    found = [
        heading
        for at, page in enumerate(pages)
        for heading in _found(at, page, style)
        if style.trusts(heading.block)
    ]
    marks = [[0] * len(page.blocks) for page in pages]
    for heading, level in zip(found, levelled(found), strict=True):
        marks[heading.page][heading.at] = level
    return [Headed(page, marks[at], at in style.contents) for at, page in enumerate(pages)]


def _found(at: int, page: Page, style: Style) -> list[Heading]:
    """Return the headings of a page."""
    found: list[Heading] = []
    blocks, body = page.blocks, style.body_of(page)
    for place, block in enumerate(blocks):
        below = blocks[place + 1 : place + 3]
        is_next = bool(found) and found[-1].at == place - 1
        setting = _Setting(blocks[place - 1] if place else None, below, body, is_next)
        title = style.outline.get((page.number, key(block.text)), 0)
        if at in style.contents:
            is_heading = is_contents_title(block.text)
        else:
            is_heading = bool(
                block.level
                or (title and len(block.text) <= LONGEST)
                or _is_heading(block, setting, style)
            )
        if is_heading:
            found.append(Heading(at, place, block, title))
    return found


class _Setting(NamedTuple):
    """Where a block stands: the blocks around it, the size of the text of its page, and whether
    a heading stands right above it."""

    before: Block | None
    below: Sequence[Block]
    body: float
    is_next: bool


def _is_heading(block: Block, setting: _Setting, style: Style) -> bool:
    """Tell a heading by its words, its style and its place."""
    after = setting.below[0] if setting.below else None
    is_larger = style.is_larger(block, setting.body)
    if not can_be(block, much_larger=block.size > MUCH * setting.body) or _goes_on(block, after):
        return False
    own, number = key(block.text), numbered(block.text)
    if own in style.running and not is_larger:
        return False
    if own in style.listed and len(own) > 3:
        return True
    if _stops(block) and number.rank > STOPPED and not _is_label(block, style):
        return False
    if is_larger or (is_section(number.rest) and after and not setting.is_next):
        return True
    if after and _opens_section(block, number, after, style):
        return True
    if not after or (block.size and block.size < SMALLER * setting.body):
        return False
    if block.bold and not style.is_bold:
        return _is_bold_heading(block, after, setting, style)
    return block.size > 0 and _is_plain_heading(block, number, after, setting, style)


def _opens_section(block: Block, number: Numbered, after: Block, style: Style) -> bool:
    """Tell a few words in bold that name a section, over prose, a list or what announces one."""
    return (
        block.bold
        and not style.is_bold
        and len(number.rest.split()) <= LABEL
        and section_of(block.text) != "other"
        and (is_prose(after) or bool(BULLET.match(after.text)) or after.text[-1] in ":：")
    )


def _is_bold_heading(block: Block, after: Block, setting: _Setting, style: Style) -> bool:
    """Tell a heading in bold of the size of the text: between the end of a paragraph and the
    beginning of one, or beside what is set smaller."""
    below = setting.below
    if _END.search(block.text) and style.numbers_paragraphs and numbered(block.text).rank == 1:
        return False
    return (_is_free(setting, style) or _is_smaller(setting.before, block)) and (
        len(after.text) > PROSE
        or style.is_larger(after, setting.body)
        or (after.bold and len(below) > 1 and len(below[1].text) > PROSE)
        or _is_smaller(after, block)
    )


def _is_plain_heading(
    block: Block, number: Numbered, after: Block, setting: _Setting, style: Style
) -> bool:
    """Tell a heading that is set as the text, or in italics or underlined, which is not known:
    short, and numbered unlike what follows, or alone between paragraphs."""
    before, below = setting.before, setting.below
    if BULLET.match(block.text) or length(block.text) > SHORT:
        return False
    if number.rank != UNNUMBERED:
        is_item = style.numbers_paragraphs and number.rank == 1
        return not is_item and len(after.text) > PROSE and numbered(after.text).rank != number.rank
    if _stops(block) or block.text[-1] in ":：" or not _is_free(setting, style):
        return False
    if block.size > BOLDER * style.body or (block.text.isupper() and not after.text.isupper()):
        return True
    is_over = is_prose(after) or (can_be(after) and len(below) > 1 and is_prose(below[1]))
    return is_over and (not before or setting.is_next or is_prose(before))


def _is_free(setting: _Setting, style: Style) -> bool:
    """Tell that a heading may come after the block before."""
    before = setting.before
    return (
        before is None
        or setting.is_next
        or bool(_END.search(before.text) or CAPTION.match(before.text))
        or key(before.text) in style.running
    )


def _stops(block: Block) -> bool:
    return bool(_STOP.search(block.text))


def _is_label(block: Block, style: Style) -> bool:
    """Tell a few words in bold that end with a full stop."""
    is_bold = block.bold and not style.is_bold
    return is_bold and block.text.endswith(".") and len(block.text) < PROSE


def _goes_on(block: Block, after: Block | None) -> bool:
    """Tell a line of text that the next block continues."""
    return (
        after is not None
        and after.text[:1].islower()
        and not block.text.isupper()
        and not after.bold
    )


def _is_smaller(block: Block | None, other: Block) -> bool:
    return block is not None and 0 < block.size < APART * other.size
