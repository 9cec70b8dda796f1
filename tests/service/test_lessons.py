"""Lessons learned are browsed by cluster."""

from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from tests.service.collection import client_of, indexed, products
from tests.service.test_results import page, text, texts, total


def test_every_cluster_with_lessons_has_its_documents_and_their_pages(client: FlaskClient) -> None:
    soup = page(client, "/lessons")
    groups = soup.select("main section")

    assert groups
    for group in groups:
        link = group.select_one("h2 a")
        count = group.select_one("h2 .count")
        assert link
        assert count
        assert total(page(client, str(link["href"]))) == int(text(count))
        assert group.select("h3 a")
        for document in group.select("article"):
            lessons = document.select("li a")
            assert lessons
            assert all("/p/" in str(lesson["href"]) for lesson in lessons)


def test_lessons_of_documents_in_no_cluster_are_listed_too(corpus: Path) -> None:
    document, passages = products(corpus)[0]
    loose = tuple((replace(document, id=f"n{n}", clusters=()), passages) for n in range(22))
    soup = page(client_of(indexed(((document, passages), *loose))), "/lessons")
    assert texts(soup, "main section h2") == ["Waste 1", "In no cluster 22"]
    assert len(soup.select("main section:last-of-type article")) == 20
    assert text(soup.select_one("main section:last-of-type > p")) == "+ 2 more documents"
