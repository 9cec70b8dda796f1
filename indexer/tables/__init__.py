"""Tables of places and partners, as data; `make_places.py` makes places.tsv."""
