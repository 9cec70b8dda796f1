"""Says in one sentence why a file, or a part of it, could not be read."""

from indexer.readings import Reading

WHY = {
    "not-a-pdf": "the file is no PDF, whatever its name says",
    "too-large": "there is more in it than can be read safely",
    "encrypted": "the file asks for a password",
    "malformed": "the file is damaged or no valid PDF",
    "timeout": "reading took too long",
    "memory": "reading took too much memory",
    "crash": "reading ended with a crash",
    "empty-text": "there is no text in it; it may be a scan",
    "garbled": "its letters are stored without saying which they are; it may be read as a scan",
    "unsupported": "the file is neither a PDF nor a web page",
    "http-error": "it is not the file but the page by which a server refused to give it",
}

IN_VAIN = {
    "empty-text": "there is no text in it, and none is legible in its pictures",
    "garbled": "its letters are stored without saying which they are, and none is legible",
}
"""The same where its pages were looked at as pictures."""


def sentence(reading: Reading) -> str:
    """Return why not all of a file was read; empty where its end was reached and it has text."""
    if not reading.reason:
        return ""
    read = sum(not page.reason for page in reading.pages)
    stopped = f" after {read} of {len(reading.pages)} pages" if read else ""
    why = WHY.get(reading.reason, "it could not be read")
    if any(page.recognised for page in reading.pages):
        why = IN_VAIN.get(reading.reason, why)
    return f"{reading.reason}{stopped}: {why}."
