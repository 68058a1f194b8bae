# `make build` and `make test` are enough: each makes the virtual environment when it is not there yet.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup build test lint bench bench-serve fuzz web exports clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make .venv with kg and what its tests need

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "$(PYTHON) is no Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "venv is missing: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

build: $(READY) ## read the report in seeds/ and write its graph to exports/
	$(BIN)/kg build

exports: build ## the same as build

test: lint ## all checks and all tests
	$(BIN)/python -m pytest -n auto

lint: $(READY) ## the checks that run nothing: style, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/oxlint --deny-warnings -c kg/explorer/web/.oxlintrc.json kg/explorer/web kg/server/web

bench: $(READY) ## measure and write docs/benchmarks.md; ONLY=questions prints one subject, MOST=1000 takes more reports
	PYTHONPATH=tests $(BIN)/python -m bench $(ONLY) $(if $(MOST),--most $(MOST))

bench-serve: $(READY) ## how many requests kg serve answers, how soon, and in what memory
	$(BIN)/python tests/bench_serve.py

RUNS ?= 10000
fuzz: $(READY) ## look for inputs that break something: make fuzz RUNS=100000; needs pip install '.[fuzz]'
	$(BIN)/python tests/fuzz/run.py all $(RUNS)

web: $(READY) ## pack the scripts of kg/explorer/web and kg/server/web anew, after a change to them; needs node and npm
	for folder in kg/explorer/web kg/server/web; do (cd $$folder && npm ci --silent --no-audit --no-fund) || exit; done
	$(BIN)/python tests/pack_web.py

clean: ## take away .venv and what the tools left; exports/ stays
	rm -rf $(VENV) kg/*/web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +
