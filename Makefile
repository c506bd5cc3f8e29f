# Every target makes its own environment in .venv when it is missing or older than the lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCALE := data/locale
DEMO_ARGS ?=

# Compiled modules are kept even where the environment says not to: a start takes half as long then.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo run test check format lint types contracts messages bench faults lock clean

help: ## show what can be made
	@grep -hE '^[a-z.]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort

.venv: $(STAMP) ## make the environment

# The lock is whole, so that nothing is left to resolve; compiling goes faster on all cores.
$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Theory Club needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.11" % sys.version.split()[0])'
	@test ! -L $(VENV) || { echo "$(VENV) is a link: what it points to is somebody else's to make anew"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
	@touch $(STAMP)

demo: $(STAMP) ## the bot in a local, token-free Discord in your browser
	$(BIN)/python -m bot demo $(DEMO_ARGS)

run: $(STAMP) ## the bot on Discord, with the token from .env
	$(BIN)/python -m bot run

test: $(STAMP) ## the tests, a file at a time on each core
	$(BIN)/python -m compileall -q bot cogs
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(STAMP) lint types contracts test ## all that must be green: format, lint, types, import contracts, tests

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy --num-workers 2

contracts: $(STAMP)
	$(BIN)/lint-imports

format: $(STAMP) ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## the table of ratios
	$(BIN)/python -m tests.bench

faults: $(STAMP) ## kill, drop and refuse reminders at every instant: the table of what readers see
	$(BIN)/python -m tests.faults

LOCKED := compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: $(STAMP) ## resolve the dependencies anew
	$(BIN)/uv pip $(LOCKED) --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip $(LOCKED) --upgrade --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and the caches (never data/var)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist

messages: $(STAMP) ## extract the texts of the code into the message catalogue's template
	$(BIN)/pybabel -q extract -F $(LOCALE)/babel.cfg -k N_ -k text:1 -k plural:1,2 --no-location --omit-header --sort-output -o $(LOCALE)/theory_club.pot .
