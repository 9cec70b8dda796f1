"""How browsers and programs search here: the OpenSearch description document (1.1)."""

from dataclasses import dataclass

from flask import Blueprint, Response

from search_service import assets, current, rendering

TYPE = "application/opensearchdescription+xml"

blueprint = Blueprint("description", __name__)


@dataclass(frozen=True, slots=True)
class DescriptionView:
    """What the description says: absolute addresses to put a text into, and the icon."""

    base_url: str
    lang: str
    icon: str


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Describe the search in the language of the request; 404 where the service does not know its
    own address, as the description takes absolute ones alone."""
    base_url = current.own_address()
    view = DescriptionView(
        base_url=base_url,
        lang=current.interface().kept,
        icon=base_url + assets.address("icon.svg"),
    )
    return rendering.listed("opensearch.xml", view, f"{TYPE}; charset=utf-8")
