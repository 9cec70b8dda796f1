"""The ways a run can end with nothing published; each message is one plain sentence."""


class IndexerError(Exception):
    """The run cannot go on; the message says why in one sentence."""


class CatalogueError(IndexerError):
    """The corpus has no products, or its manifest cannot be used."""


class ReadingError(IndexerError):
    """Files cannot be read at all."""


class StoreError(IndexerError):
    """What was read from files cannot be kept."""
