# Each target first does what it needs: on a machine with Python 3.11 and make, `make serve` alone starts Pincite.

PYTHON ?= python3
BIN := .venv/bin
export HF_HUB_OFFLINE := 1

.PHONY: help install serve test lint format eval docs clean

help:            ## list the targets
	@grep -E '^[a-z]+: .*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

install: .venv/.installed  ## make .venv with the exact versions of constraints.txt

.venv/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pincite needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

serve: install  ## start the web page on http://127.0.0.1:7860
	$(BIN)/pincite serve

test: install  ## run all tests; those of the page need Debian's chromium
	$(BIN)/python -m pytest --cov --cov-report=term $(TESTS)

lint: install  ## style, types, import order of the packages, corpus, seeds, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pincite corpus check
	$(BIN)/pincite corpus seeds --check
	$(BIN)/python -m ui.docs --check

format: install  ## put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install  ## score the answers on the development questions and compare with the accepted floor
	$(BIN)/pincite eval gate

docs: install  ## write the command output that README and docs show
	$(BIN)/python -m ui.docs

clean:           ## remove the virtual environment and what tools left
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage runs
