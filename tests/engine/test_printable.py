"""What is told to a terminal commands it nothing, and is otherwise as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.printable import printable


@pytest.mark.parametrize(
    "text", ["", "a b.pdf", "Ünïcode\u202f3\u00a0pm", "می\u200cخواهم", "城市　废物"]
)
def test_ordinary_text_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("sign", ["\x1b", "\n", "\r", "\x07", "\x9b", "\u2028", "\u202e", "\ud800"])
def test_what_a_terminal_obeys_is_replaced(sign: str) -> None:
    assert printable(f"a{sign}b") == "a\ufffdb"


@given(st.text(st.characters()))
def test_any_text_can_be_printed(text: str) -> None:
    assert len(printable(text)) == len(text)
    printable(text).encode()
