"""What the indexer and the search service agree on: types, analysis, query language, engines.

Imports neither of them, and nothing that reads files for people or draws pages.
"""
