"""A Whoosh codec that keeps segments as flat typed arrays, and writes and merges them as such."""
