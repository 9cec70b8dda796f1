"""The measure that tells text from what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extractors.quality import GOOD, READABLE, quality, worth


@pytest.mark.parametrize(
    "text",
    [
        "Every street has two bins, and a cart comes on market days.",
        "1,204 (13.4 %) 2019/20 –3.5",
        "Каждая улица имеет два бака.",
        "في كل شارع صندوقان للنفايات.",
        "城市按照重量付钱。",
        "\uf0b7 kitchen waste \uf0b7 all the rest",
        "Write to post@example.org",
    ],
)
def test_text_reads_well(text: str) -> None:
    assert quality(text) >= GOOD


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd\ufffd\ufffd \ufffd\ufffd",
        "\x04\x05\x06\x07 \x0e\x0f \x11\x12",
        "\ue012\ue013\ue014 \ue020\ue021",
        "P@8I:QIDJ;6AR<ISFF>KKL?NFT@A8A " * 9,
    ],
)
def test_letters_without_a_map_do_not(text: str) -> None:
    assert quality(text) < READABLE


def test_nothing_is_worth_nothing() -> None:
    assert (quality(""), worth(" \n")) == (0, 0)


@given(st.text())
def test_quality_is_a_share(text: str) -> None:
    assert 0 <= quality(text) <= 1


@given(st.text(), st.integers(1, 50))
def test_a_longer_reading_without_faults_is_worth_more(text: str, more: int) -> None:
    assert worth("waste " * more) < worth("waste " * (more + 1))
    assert worth(f"{text} \ufffd") <= sum(map(len, f"{text} \ufffd".split()))
