"""Whole generations of files, published by one atomic pointer; knows nothing of search."""
