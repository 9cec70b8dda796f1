"""What tells how near a query and passages are in meaning: a model, or several together."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Protocol


class Meaning(Protocol):
    """What gives passages their vectors, and compares them with a query.

    `mark` differs between any two of these that encode differently.
    """

    @property
    def mark(self) -> bytes:
        """What tells it from any other."""

    @property
    def models(self) -> "Sequence[Meaning]":
        """The models that it consists of: what is stored of a text is what each of them stores,
        one after the other."""

    def knows(self, text: str) -> bool:
        """Tell whether a text is in a language that it was taught."""

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Return what is stored of each text."""

    def nearness(self, query: str, stored: Sequence[bytes]) -> list[float | None]:
        """Return how near what is stored of passages is to a query, from 0 for texts that have
        nothing to do with each other to 1 for the same; None for what is of another mark."""


FIRST = 2
"""How often the first of several models counts beside each other one: the one named first should be
the best in the language of most questions. Chosen on the half for tuning."""


class Together:
    """Several models: each is good at something, and how near a passage is they say in the mean."""

    def __init__(self, models: Sequence[Meaning]) -> None:
        self.models = models
        self._weights = [FIRST, *[1] * (len(models) - 1)]
        sizes = (len(model.passages([""])[0]) for model in models)
        self._parts = [slice(*ends) for ends in pairwise(accumulate(sizes, initial=0))]

    @property
    def mark(self) -> bytes:
        """The marks of all."""
        return b"".join(model.mark for model in self.models)

    def knows(self, text: str) -> bool:
        """Tell whether one of the models was taught the language of a text."""
        return any(model.knows(text) for model in self.models)

    def passages(self, texts: Sequence[str]) -> list[bytes]:
        """Return what each model stores of each text, one after the other."""
        every = [model.passages(texts) for model in self.models]
        return [b"".join(parts) for parts in zip(*every, strict=True)]

    def nearness(self, query: str, stored: Sequence[bytes]) -> list[float | None]:
        """Return the means over the models that know the query, or over all if none does; None
        for what not all of these stored."""
        parts = list(zip(self.models, self._parts, self._weights, strict=True))
        knowing = [part for part in parts if part[0].knows(query)] or parts
        weights = [weight for _, _, weight in knowing]
        every = [
            model.nearness(query, [passage[place] for passage in stored])
            for model, place, _ in knowing
        ]
        means = []
        for near in zip(*every, strict=True):
            known = [part for part in near if part is not None]
            means.append(fmean(known, weights) if len(known) == len(near) else None)
        return means
