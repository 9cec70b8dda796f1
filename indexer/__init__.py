"""Turns the files of a corpus into documents and passages, and writes them through an engine."""
