"""What programs find: sitemaps, the description of the search, feeds, and JSON-LD in pages."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from search_service import sitemap
from tests.service.collection import client_of, indexed, products
from tests.service.test_results import page, texts

BASE = "https://search.example"
HOST = {"Host": "search.example"}
ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def known(corpus: Path) -> FlaskClient:
    """Return a client of a service that knows its own address."""
    return client_of(indexed(products(corpus)), BASE)


def xml(client: FlaskClient, path: str) -> ET.Element:
    answer = client.get(path, headers=HOST)
    assert answer.status_code == 200
    assert "xml" in answer.content_type
    return ET.fromstring(answer.data)


def said(element: ET.Element, name: str) -> str:
    found = element.find(name)
    assert found is not None
    return found.text or ""


def test_search_engines_read_pages_and_nothing_for_programs(
    known: FlaskClient, client: FlaskClient
) -> None:
    lines = known.get("/robots.txt", headers=HOST).text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /api/", "Disallow: /search.csv"} <= set(lines)
    assert lines[-1] == f"Sitemap: {BASE}/sitemap.xml"
    assert "Sitemap" not in client.get("/robots.txt").text


def test_sitemaps_have_every_document_once(
    known: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 4)
    maps = [said(found, LOC) for found in xml(known, "/sitemap.xml")]
    assert maps == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [said(found, LOC) for path in maps for found in xml(known, path.removeprefix(BASE))]
    assert sorted(listed[4:]) == [f"{BASE}/d/d{number}" for number in range(1, 7)]
    for address in listed:
        assert known.get(address.removeprefix(BASE), headers=HOST).status_code == 200
    assert known.get("/sitemap-4.xml", headers=HOST).status_code == 404
    assert known.get("/sitemap-0.xml", headers=HOST).status_code == 404


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/sitemap-1.xml", "/opensearch.xml", "/search.atom"]
)
def test_what_needs_absolute_addresses_is_not_there_without_one(
    client: FlaskClient, path: str
) -> None:
    sentence = texts(page(client, path, 404), ".error p")[0]
    assert sentence == "This service does not know its own address."
    assert not page(client, "/search").select("link[type*=xml]:not([rel=icon])")


def test_the_description_leads_to_results_feeds_and_suggestions(known: FlaskClient) -> None:
    found = xml(known, "/opensearch.xml?lang=fr")
    kinds = {url.get("type"): url.get("template", "") for url in found.findall(f"{SEARCH}Url")}
    results = kinds["text/html"].replace("{searchTerms}", "city")
    assert results == f"{BASE}/search?q=city&lang=fr"
    assert known.get(results.removeprefix(BASE), headers=HOST).status_code == 200
    suggest = kinds["application/x-suggestions+json"].replace("{searchTerms}", "compo")
    titles = known.get(suggest.removeprefix(BASE), headers=HOST).get_json()[1]
    assert "Composting in Kisumu" in titles
    feed = (
        kinds["application/atom+xml"].replace("{searchTerms}", "city").replace("{startPage?}", "1")
    )
    assert xml(known, feed.removeprefix(BASE)).tag == f"{ATOM}feed"
    assert len(said(found, f"{SEARCH}ShortName")) <= 16
    first = known.get("/?lang=fr", headers=HOST).text
    assert 'rel="search"' in first
    assert 'href="/opensearch.xml?lang=fr"' in first


def test_a_feed_has_the_results_of_its_query(known: FlaskClient) -> None:
    feed = xml(known, "/search.atom?q=city&sort=newest&per_page=2&page=1")
    entries = feed.findall(f"{ATOM}entry")
    assert [said(entry, f"{ATOM}id") for entry in entries] == [f"{BASE}/d/d1", f"{BASE}/d/d3"]
    assert said(entries[0], f"{ATOM}updated") == "2021-04-30T00:00:00Z"
    assert said(feed, f"{SEARCH}totalResults") == "4"
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["next"] == f"{BASE}/search.atom?q=city&sort=newest&page=2&per_page=2"
    assert "previous" not in links
    rest = xml(known, links["next"].removeprefix(BASE)).findall(f"{ATOM}entry")
    assert len(rest) == 2


def test_a_feed_is_well_formed_whatever_a_title_holds(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    hostile = replace(document, title="<b>&\x0b]]>", summary="\x00</feed>", date="")
    client = client_of(indexed(((hostile, passages),)), BASE)
    (entry,) = xml(client, "/search.atom").findall(f"{ATOM}entry")
    assert said(entry, f"{ATOM}title") == "<b>& ]]>"
    assert datetime.fromisoformat(said(entry, f"{ATOM}updated")).tzinfo is not None


@pytest.mark.parametrize("asked", ["year=abc", "page=101"])
def test_a_feed_is_refused_where_a_parameter_is_wrong(known: FlaskClient, asked: str) -> None:
    answer = known.get(f"/search.atom?{asked}", headers=HOST)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_document_is_described_without_what_was_guessed(client: FlaskClient) -> None:
    told = page(client, "/d/d1").select_one("script[type='application/ld+json']")
    assert told is not None
    found = json.loads(told.text)
    assert (found["@type"], found["name"]) == ("Report", "Composting in Kisumu")
    assert found["url"] == "/d/d1"
    assert found["spatialCoverage"] == ["Kisumu", "Kenya"]
    assert "datePublished" not in found


def test_a_description_cannot_leave_its_element(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    hostile = replace(document, title="</script><script>alert(1)</script>")
    soup = page(client_of(indexed(((hostile, passages),))), "/d/d1")
    scripts = soup.select("script:not([src])")
    assert [script["type"] for script in scripts] == ["application/ld+json"]
    assert json.loads(scripts[0].text)["name"] == hostile.title
