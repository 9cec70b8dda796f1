"""The API: one answer compared whole, and what it refuses."""

import re

from flask.testing import FlaskClient

from engine.facets import FACET_NAMES


def value(value: str, label: str, count: int = 1, *, selected: bool = False) -> dict[str, object]:
    return {"value": value, "label": label, "count": count, "selected": selected}


def test_an_answer_is_as_agreed(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=landfill&cluster=waste&type=highlights&from=2020")
    answer = response.get_json()
    took, score = answer.pop("took_ms"), answer["hits"][0].pop("score")
    assert response.mimetype == "application/json"
    assert isinstance(took, float)
    assert score > 0
    assert answer == {
        "query": {
            "q": "landfill",
            "filters": {"cluster": ["waste"], "type": ["highlights"], "from": "2020"},
            "sort": "relevance",
            "match": "auto",
        },
        "matched": "all",
        "total": 1,
        "page": 1,
        "pages": 1,
        "hits": [
            {
                "id": "d2",
                "file": "reports/landfill.html",
                "title": "Landfill closure",
                "type": "highlights",
                "clusters": ["waste"],
                "countries": ["Nepal", "Kenya"],
                "cities": [],
                "partners": [],
                "date": "2020",
                "language": "en",
                "url": "javascript:alert(1)",
                "permalink": "/d/d2",
                "summary": None,
                "passages": [
                    {
                        "page": 1,
                        "heading": None,
                        "section": "other",
                        "permalink": "/d/d2/p/1",
                        "snippet": [
                            {"text": "The city closed its ", "match": False},
                            {"text": "landfill", "match": True},
                            {"text": " in a year.", "match": False},
                        ],
                    }
                ],
                "more_passages": 0,
                "coverage": {"pages": 1, "read": 1},
            }
        ],
        "facets": {
            "cluster": [value("waste", "Waste", selected=True)],
            "type": [
                value("highlights", "Highlights", selected=True),
                value("training-report", "Training report"),
            ],
            "year": [value("2020", "2020")],
            "section": [value("other", "Other parts")],
            "country": [value("Kenya", "Kenya"), value("Nepal", "Nepal")],
            "city": [],
            "partner": [],
            "language": [value("en", "English")],
        },
        "suggestion": None,
    }


def test_keys_stand_in_the_agreed_order(client: FlaskClient) -> None:
    text = client.get("/api/v1/search?q=landfill&type=highlights").text
    top = '"query" "matched" "total" "took_ms" "page" "pages" "hits" "facets" "suggestion"'
    places = [text.index(f"{key}: ") for key in top.split()]
    assert places == sorted(places)
    answer = client.get("/api/v1/search").get_json()
    assert tuple(re.findall(r'"(\w+)": \[', text[text.index('"facets"') :])) == FACET_NAMES
    assert [hit["id"] for hit in answer["hits"]] == ["d4", "d1", "d3", "d2", "d6", "d5"]


def test_every_wrong_parameter_is_named(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?page=x&from=soon")
    soon = "“soon” is not a date: write 2021, 2021-04 or 2021-04-30."
    page = "“x” is not a page number: write 1 or more."
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.get_json() == {
        "type": "about:blank",
        "title": "This request cannot be understood",
        "status": 400,
        "detail": f"{soon} {page}",
        "errors": [
            {"parameter": "from", "value": "soon", "detail": soon},
            {"parameter": "page", "value": "x", "detail": page},
        ],
    }


def test_nothing_beyond_the_window_is_answered(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?page=11&per_page=100")
    assert response.status_code == 400
    assert "1,000" in response.get_json()["detail"]


def test_unknown_addresses_are_problems_too(client: FlaskClient) -> None:
    response = client.get("/api/v1/find")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
