"""Text from files made safe to store and show: no control or direction characters, no gaps."""

import re
import unicodedata

_UNWANTED = re.compile(
    "["
    "\u0000-\u001f\u007f-\u009f"  # control characters
    "\u00ad\u200b\ufeff"  # soft hyphens and invisible spaces, which split words unseen
    "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of text
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # no characters, or private ones
    "\U000e0000-\U0010ffff"  # tags, variation selectors and private planes
    "]"
)
_INVISIBLE = frozenset("\u00ad\u200b\ufeff\u200e\u200f\u061c") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_PRESENTATION = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufdfb\ufe30-\ufefc]+")


def clean(text: str) -> str:
    """Return the text in one line, composed, its words apart by single spaces.

    Ligatures and the positional forms of Arabic letters become plain letters.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _UNWANTED.sub(lambda found: "" if found[0] in _INVISIBLE else " ", text)
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return " ".join(unicodedata.normalize("NFC", text).split())
