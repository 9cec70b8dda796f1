"""The ways an engine can fail that a person is told about; each message is one plain sentence."""


class EngineError(Exception):
    """Something the engine was asked for cannot be had; the message says it in one sentence."""


class NoIndexError(EngineError):
    """There is nothing to search yet, or nothing that can be opened; trying later may help."""


class LockedError(EngineError):
    """Another program is writing to the same index."""


class WrongVersionError(NoIndexError):
    """The index was made by another version and has to be built again."""


class FullDiskError(EngineError):
    """There is no room for what was to be written; nothing was lost."""
