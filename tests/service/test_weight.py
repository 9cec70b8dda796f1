"""What a visitor's first page and a page of results weigh, with all that they load."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine import coordinates
from engine.documents import Passage
from tests.service.collection import Products, client_of, indexed, products

HTML, STYLE, SCRIPT, COLD = 14_000, 8_000, 6_000, 30_000
"""Bytes after compression."""
REQUESTS = 6
OUTLINE = 8 * 1024
"""Bytes of the land's outline, before compression."""
LONG = "The city sorts its waste and tells the others how each market took part in it. "
GZIP = {"Accept-Encoding": "gzip"}


def many(corpus: Path) -> Iterator[Products]:
    """Yield products with more values than a panel shows, and as many cities as a map does."""
    document = products(corpus)[0][0]
    lines = coordinates.TABLE.read_text("utf-8").splitlines()[:400:3]
    for number, line in enumerate(lines):
        city, country, *_ = line.split("\t")
        other = lines[(number * 7 + 3) % len(lines)].split("\t")[0]
        found = replace(
            document,
            id=f"m{number}",
            title=f"{city} and {other}: composting report {number} of a title that is rather long",
            date=f"{1985 + number % 38}-0{1 + number % 9}",
            countries=(f"Country {country}", f"Land {number % 9}"),
            cities=(city, other),
            partners=(f"Partner {number % 20}",),
        )
        pages = (1, 2, 3)
        text = tuple(Passage(at, f"{number} {LONG * 4} {at}", f"Heading {at}") for at in pages)
        yield ((found, text),)


@pytest.fixture(scope="module")
def crowded(corpus: Path) -> FlaskClient:
    """Return a client of a collection that fills its pages."""
    return client_of(indexed(tuple(product for found in many(corpus) for product in found)))


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("address", ["/?", "/search?q=city+waste&cluster=waste&", "/search?"])
def test_a_page_is_light_with_all_that_it_loads(
    crowded: FlaskClient, address: str, lang: str
) -> None:
    answer = crowded.get(f"{address}lang={lang}", headers=GZIP)
    html = gzip.decompress(answer.data).decode()
    loaded = set(
        re.findall(
            r'<(?:link rel="(?:stylesheet|icon)" href|(?:script defer|img) src)="([^"]+)"', html
        )
    )
    sizes = {}
    for file in loaded:
        with crowded.get(file, headers=GZIP) as sent:
            sizes[file.partition("?")[0]] = len(sent.data)
    assert answer.content_encoding == "gzip"
    assert len(answer.data) < HTML
    assert sizes["/static/pages.css"] < STYLE
    assert sizes["/static/search.js"] < SCRIPT
    assert len(answer.data) + sum(sizes.values()) < COLD
    assert 1 + len(loaded) <= REQUESTS
    assert all(file.startswith("/static/") for file in loaded)


def test_the_pages_that_are_weighed_are_full(crowded: FlaskClient) -> None:
    first, results = crowded.get("/").text, crowded.get("/search?q=city").text
    assert first.count("<circle") == 100
    assert first.count("<path d=") > 20
    assert results.count('class="card"') == 10
    assert results.count('class="all"') >= 4
    assert results.count("<title>") > 30


def test_the_outline_of_the_land_is_small(crowded: FlaskClient) -> None:
    with crowded.get("/static/land.svg") as land:
        assert len(land.data) <= OUTLINE
