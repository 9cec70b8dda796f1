"""The security headers that stand on every response, errors and files included."""

from flask import Flask, Response, request

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
TWO_YEARS = "max-age=63072000; includeSubDomains"


def register(app: Flask, *, secure: bool) -> None:
    """Put the headers on every response; `secure` tells that visitors come over TLS."""

    def add(response: Response) -> Response:
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if secure or request.is_secure:
            response.headers["Strict-Transport-Security"] = TWO_YEARS
        if not response.cache_control:
            response.headers["Cache-Control"] = "no-cache"
        return response

    app.after_request(add)
