"""Lessons learned are browsed by cluster."""

from flask.testing import FlaskClient

from tests.service.test_results import page, text, total


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
