"""Turns an address into a query, asks the engine, and shows the answer."""

from search_service.application import create_app

__all__ = ["create_app"]
