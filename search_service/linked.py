"""A document in the words of schema.org, as JSON-LD for search engines and catalogues."""

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from engine.documents import Document
from search_service import addresses, citations, entry

SUMMARY = 500
"""Characters of a summary that are told."""


def described(document: Document, base_url: str) -> Markup:
    """Return what is known of a document, and nothing that was guessed, as JSON that can stand in
    a page."""
    permalink = addresses.document(document.id)

    def known(field: str, value: object) -> object:
        return None if field in document.guessed else value

    places = (*document.cities, *document.countries)
    told = {
        "@context": "https://schema.org",
        "@type": "Report" if citations.is_report(document) else "CreativeWork",
        "name": entry.title_of(document),
        "url": addresses.absolute(base_url, permalink) or permalink,
        "sameAs": addresses.outside(document.url),
        "abstract": document.summary[:SUMMARY],
        "inLanguage": known("language", document.language),
        "datePublished": known("date", document.date),
        "spatialCoverage": known("countries", places),
        "contributor": known("partners", [_organisation(name) for name in document.partners]),
        "keywords": known("clusters", document.clusters),
    }
    return htmlsafe_json_dumps({name: value for name, value in told.items() if value})


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}
