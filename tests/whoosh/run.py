"""Runs Whoosh's own tests on the stock codec and on ours, and compares them test by test.

They come with Whoosh's source distribution, which is fetched once into var/whoosh-tests. One of
them lets threads draw words and expects every word to be drawn, which fails in one run of three
hundred on any codec: so what fails on ours is run once more, alone.
Usage: python tests/whoosh/run.py
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "var" / "whoosh-tests"
VERSION = "2.7.4"
HASH_SEED = "2"  # one of its tests passes with some seeds only
SOURCE = CACHE / f"Whoosh-{VERSION}"


def main() -> int:
    """Prints how many tests pass on each; 1 where a test passes on stock only."""
    if not SOURCE.is_dir():
        _fetch()
    stock = _passing("stock", [])
    ours = _passing("ours", ["-p", "array_codec_everywhere"])
    if stock - ours:
        ours |= _passing("again", ["-p", "array_codec_everywhere", "--last-failed"])
    lost = sorted(stock - ours)
    sys.stdout.write(
        f"Whoosh's own tests: {len(stock)} pass on stock, {len(ours & stock)} of them on ours.\n"
    )
    sys.stdout.writelines(f"  passes on stock only: {test}\n" for test in lost)
    return 1 if lost or not stock else 0


def _fetch() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
    options = ["--no-binary", ":all:", "--no-deps", "--dest", str(CACHE)]
    subprocess.run([*pip, *options, f"Whoosh=={VERSION}"], check=True)
    with zipfile.ZipFile(CACHE / f"Whoosh-{VERSION}.zip") as archive:
        archive.extractall(CACHE)


def _passing(name: str, options: list[str]) -> frozenset[str]:
    report = CACHE / f"{name}.xml"
    log = CACHE / f"{name}.log"
    # Its setup.cfg has a section that pytest refuses.
    command = ["-m", "pytest", "-c", os.devnull, "--rootdir", ".", "-W", "ignore", "-q"]
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONHASHSEED": HASH_SEED}
    with log.open("w") as output:
        subprocess.run(
            [sys.executable, *command, "--junitxml", str(report), *options, "tests"],
            cwd=SOURCE,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return frozenset(
        f"{case.get('classname')}.{case.get('name')}" for case in cases if not len(case)
    )


if __name__ == "__main__":
    sys.exit(main())
