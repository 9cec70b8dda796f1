"""The parent believes of its child's answer only what is in order."""

import json

import pytest

from indexer.messages import End, Message, line, message
from indexer.readings import About, Block, Page


@pytest.mark.parametrize(
    "sent",
    [
        About(3, "Waste", "2021-04-30", "en"),
        Page(2, (Block("Waste", heading=True), Block("Two bins."))),
        Page(2, reason="empty-text"),
        End(""),
        End("memory"),
    ],
)
def test_a_message_arrives_as_it_was_sent(sent: Message) -> None:
    assert message(line(sent)) == sent


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"\xff\xfe",
        b"{}",
        b"[]",
        b'{"end": "because"}',
        b'{"end": 1}',
        b'{"about": ["3", "", "", ""]}',
        b'{"about": [-3, "", "", ""]}',
        b'{"about": [99999999, "", "", ""]}',
        b'{"page": [1, "text", ""]}',
        b'{"page": [1, [["text", 1]], ""]}',
        b'{"page": [1, [], "because"]}',
    ],
)
def test_what_is_no_message_is_none(text: bytes) -> None:
    assert message(text) is None


def test_text_is_cleaned_and_guesses_are_cut() -> None:
    text = "a\u202eb\u0000c\ud800d\u00ade\ufb01"
    sent = json.dumps({"page": [1, [[text, False], ["\u200b", False]], ""]}).encode()

    assert message(sent) == Page(1, (Block("ab c defi"),))
    assert message(line(About(1, "x" * 999, "not a date", "english"))) == About(1, "x" * 300)
