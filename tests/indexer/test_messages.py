"""The parent believes of its child's answer only what is in order."""

import json

import pytest

from indexer.messages import End, Message, line, message
from indexer.readings import About, Block, Outline, Page, Recognition


@pytest.mark.parametrize(
    "sent",
    [
        About(3, "Waste", "2021-04-30", "en", author="Ama Mensah", place="Koidu"),
        About(3, "Waste", "", "", (Outline("Carts", 1, 2), Outline("Bins", 2, 3))),
        Page(2, (Block("Waste", 2, 14.5, bold=True), Block("Two bins."))),
        Page(2, reason="empty-text"),
        Recognition(Page(2, (Block("Waste", 0, 14.5),), recognised=True), "fra"),
        Recognition(Page(2, reason="empty-text", recognised=True)),
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
        b'{"about": ["3", "", "", "", [], "", ""]}',
        b'{"about": [3, "", "", "", []]}',
        b'{"about": [3, "", "", "", [["Carts", "1", 2]], "", ""]}',
        b'{"about": [-3, "", "", "", [], "", ""]}',
        b'{"about": [99999999, "", "", "", [], "", ""]}',
        b'{"page": [1, "text", ""]}',
        b'{"page": [1, [["text", true]], ""]}',
        b'{"page": [1, [["text", 7, 9.5, false]], ""]}',
        b'{"page": [1, [["text", 0, -1.0, false]], ""]}',
        b'{"page": [1, [["text", 0, NaN, false]], ""]}',
        b'{"page": [1, [["text", 0, 1e999, false]], ""]}',
        b'{"page": [1, [["text", 0, 9.5, 1]], ""]}',
        b'{"page": [1, [], "because"]}',
        b'{"recognised": [1, [], "", "../../etc/passwd"]}',
        b'{"recognised": [1, [["text", 7, 9.5, false]], "", "eng"]}',
    ],
)
def test_what_is_no_message_is_none(text: bytes) -> None:
    assert message(text) is None


def test_text_is_cleaned_and_guesses_are_cut() -> None:
    text = "a\u202eb\u0000c\ud800d\u00ade\ufb01"
    sent = json.dumps(
        {"page": [1, [[text, 0, 9.5, False], ["\u200b", 0, 9.5, False]], ""]}
    ).encode()

    assert message(sent) == Page(1, (Block("ab c defi", 0, 9.5),))
    assert message(line(About(1, "x" * 999, "not a date", "english"))) == About(1, "x" * 300)


def test_an_outline_is_cleaned_and_cut() -> None:
    outline = (Outline("a\u202eb" * 300, 99, 2), Outline("\u200b", 1, 2), Outline("Carts", 1, 4))

    found = message(line(About(3, outline=outline * 2_000)))

    assert isinstance(found, About)
    assert set(found.outline) == {Outline("ab" * 150, 12, 2)}
    assert len(found.outline) == 667
