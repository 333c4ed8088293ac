# Everything from nothing on a machine with Python 3.11 or newer, make and git.

PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests
WORKERS ?= 2
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help env assets static demo test deep check lint browser pictures bench mutants lock clean

help:
	@echo "make demo    run the whole site with an invented caseload"
	@echo "make test    every check and every test, browser journeys included"
	@echo "make deep    every route of every pack, every address as every role (minutes)"
	@echo "make check   lint, types, layers, packs, templates, migrations, house rules"
	@echo "make pictures  draw the pictures of the docs anew"
	@echo "make bench   measure"
	@echo "make mutants  change the engine in one place at a time, and see a test fail (hours)"
	@echo "make assets  fetch what the browser needs"
	@echo "make lock    pin the dependencies again after a change in pyproject.toml"
	@echo "make clean   stop the private servers and remove all that was made here"

env: .venv/.made
.venv/.made: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# npm is asked for once: the machine's own, or else one that comes as a Python package
assets: static/vendor/.made
static/vendor/.made: package.json casetransfer/assets.py .venv/.made
	@command -v npm >/dev/null || test -x $(BIN)/npm || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm install --silent --no-package-lock --no-audit --no-fund --ignore-scripts
	$(BIN)/python -m casetransfer.assets
	@touch $@

# The static files of a production site, named by their content. Nothing is connected to, so any words will do
static: env assets
	PRODUCTION=1 SECRET_KEY=none ALLOWED_HOSTS=localhost SITE_URL=https://localhost DEFAULT_FROM_EMAIL=none@example.org \
		DATABASE_URL=postgresql://none REDIS_URL=redis://none $(BIN)/python manage.py collectstatic --noinput

demo: env assets
	$(BIN)/python -m casetransfer.demo $(PORT)

check: lint
	$(BIN)/pytest -q tests/house

lint: env assets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m casetransfer.protocols check
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run

test: lint browser
	$(BIN)/pytest -q -n $(WORKERS) $(TESTS)

# Every route of every pack, and every address as every role from every place: minutes long, so on its own
deep: env assets
	$(BIN)/pytest -q -n $(WORKERS) -m deep $(TESTS)

INSTALL := apt-get install -qq -y --no-install-recommends

# The journeys want a browser. Where it cannot be installed they say that they did not run.
browser:
	@command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || \
		command -v google-chrome || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		{ $(INSTALL) chromium-headless-shell || $(INSTALL) chromium; }; } || \
		echo "No Chromium here: the browser journeys will be reported as not run."

# The pictures of the docs: each role's day, and every page. The clock of the site stands still for them
pictures: env assets browser
	DOCS_PICTURES=1 $(BIN)/pytest -q tests/journeys/test_days.py tests/journeys/pictures.py

bench: env
	$(BIN)/python -m bench

# Hours long, so on its own; what it found last is in docs/mutants.md
mutants: env
	$(BIN)/mutmut run
	$(BIN)/python -m bench.mutants

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
lock: env
	$(BIN)/$(LOCK) pyproject.toml --group dev --output-file requirements.lock
	$(BIN)/$(LOCK) --group node --output-file requirements-node.lock

clean:
	@test ! -x $(BIN)/python || $(BIN)/python -m casetransfer.servers down
	rm -rf .venv .private node_modules static/vendor staticfiles .coverage htmlcov mutants .cache
