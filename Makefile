# Everything an installer or a contributor types. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check bench faults pictures train lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all:

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run  ## start Ascolto on http://127.0.0.1:8000 (PORT), data in var/ (ASCOLTO_HOME)
	@PYTHONPATH=src exec $(BIN)/python -m ascolto.config.cli serve

# What is compiled is kept, whatever the machine says: the tests start a hundred processes.
test: $(VENV)/dev  ## the tests, with a database of their own
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadgroup -m "not faults"

check: $(VENV)/dev  ## format, lint, layers, types, templates, migrations
	@$(BIN)/ruff format --check src tests bench
	@$(BIN)/ruff check src tests bench
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache
	@$(BIN)/deptry src
	@git ls-files '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	@$(BIN)/djlint --lint --quiet src
	@$(BIN)/mypy src tests
	@$(BIN)/python -m pytest -q -n 0 tests/architecture

bench: $(VENV)/dev  ## figures: each beside a limit measured in the same run
	@PYTHONPATH=src:. $(BIN)/python -m bench

faults: $(VENV)/dev  ## the long random rounds: kills, lost replies, broken wires
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 0 -m faults tests

pictures: $(VENV)/dev  ## take the pictures of the README and the guide again
	@PYTHONPATH=src:. $(BIN)/python -m docs.pictures

train: $(VENV)/run  ## learn to read from the labelled messages; prints how well what was held out is read
	@PYTHONPATH=src $(BIN)/python -m ascolto.reading.training

lock:  ## pin the dependencies again, with hashes and without addresses (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements/dev.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Ascolto needs Python 3.11 or later; name one with PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment; on Debian: apt install python3-venv"; exit 1; }

$(VENV)/run: requirements/run.txt | $(BIN)/python
	@echo "Installing what Ascolto needs (once, about a minute) …"
	@$(PIP) -r requirements/run.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt | $(BIN)/python
	@$(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/run
