PYTHON ?= python3
ENGINE ?= whoosh:var/index
CORPUS ?= corpus
BIN = .venv/bin

.PHONY: help run install test test-whoosh check format clean

help:  ## list every task
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

run: install  ## set everything up, index CORPUS and serve on http://127.0.0.1:8000
	$(BIN)/cities-index build $(CORPUS) --engine $(ENGINE) || test $$? -eq 3
	$(BIN)/cities-search serve --engine $(ENGINE)

install: .venv/installed  ## make .venv with the project and what it needs

.venv/installed: setup.cfg pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tools: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check,bench]'
	touch $@

test: .venv/tools  ## run all tests
	$(BIN)/python -m pytest

test-whoosh: .venv/tools  ## run Whoosh's own tests on its codec and on ours
	$(BIN)/python tests/whoosh/run.py

check: .venv/tools  ## formatting, types and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/tools  ## put the code in its one form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what can be made again
	rm -rf .venv var build *.egg-info
