"""Measurements of the engine beside others. Nothing of the product depends on it."""
