"""Text as a terminal may be told it: names and texts of files may hold commands for it."""

import re
import unicodedata

_COMMANDS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's categories of control characters, lone surrogates and ends of lines."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the text after it."""


def printable(text: str) -> str:
    """Return a text with a replacement character for each that a terminal would obey, or that has
    no encoding."""
    if text.isascii() and text.isprintable():
        return text
    text = _TURNS.sub("\N{REPLACEMENT CHARACTER}", text)
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(each) in _COMMANDS else each
        for each in text
    )
