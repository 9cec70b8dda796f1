"""What a request is answered with: the engine, the service's own address, and what is asked for."""

from dataclasses import dataclass

from flask import Flask, abort, current_app, g, request

from engine.protocol import Engine
from search_service.interface import Interface, best, message
from search_service.parameters import Asked, read

_KEY = "cities_search"
_NO_ADDRESS = message("This service does not know its own address.")


@dataclass(frozen=True, slots=True)
class Service:
    """The engine that is asked, and the service's own absolute address, or nothing."""

    engine: Engine
    base_url: str


def hold(app: Flask, service: Service) -> None:
    """Give an application what its requests are answered with."""
    app.extensions[_KEY] = service


def service() -> Service:
    """Return what this request is answered with."""
    found = current_app.extensions[_KEY]
    if not isinstance(found, Service):
        raise TypeError("The application holds no service.")
    return found


def own_address() -> str:
    """Return the service's own absolute address; 404 where it is not known."""
    base_url = service().base_url
    if not base_url:
        abort(404, _NO_ADDRESS)
    return base_url


def asked() -> Asked:
    """Return what the parameters of this request ask for."""
    if "asked" not in g:
        g.asked = read(request.args.items(multi=True))
    found: Asked = g.asked
    return found


def interface() -> Interface:
    """Return the language of this request's page: the one asked for, or one its browser likes."""
    return best(asked().lang, request.headers.get("Accept-Language", ""))
