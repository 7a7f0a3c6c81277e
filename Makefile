# `make help` lists the targets. Everything is made in .venv/ and var/; nothing else on the machine is changed, except
# that root's PostgreSQL lives under /var/lib/kesos-repo/, and that `make test` as root installs Debian's Chromium.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv/bin
PIP = $(VENV)/python -m pip --disable-pip-version-check
# Tests have a var folder, and with it a PostgreSQL, of their own.
TEST_VAR := $(CURDIR)/var/test

export PORT
# Start-up reads the compiled modules: let Python keep them, whatever the caller prefers.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run test test-quick check bench lock clean chromium
.DELETE_ON_ERROR:

help: ## Show this list.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: export KESOS_DEMO ?= 1
run: .venv/run.stamp ## Start the site at PORT (8000) with demo data; KESOS_DEMO=0 without.
	@exec $(VENV)/python manage.py start

test: chromium ## Run all tests, those in a browser too. ARGS are passed to pytest.
	@$(call run_tests,)

test-quick: .venv/dev.stamp ## Run the tests that need no browser.
	@$(call run_tests,-m "not browser")

check: .venv/dev.stamp ## Check style, types, templates, imports, migrations and translations.
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/djlint --quiet --lint templates
	$(VENV)/lint-imports
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python manage.py check_translations
	$(VENV)/python manage.py check_templates

bench: .venv/dev.stamp ## Measure the site with 1,000 and 74,000 outputs; writes bench/results.json.
	$(VENV)/python -m bench $(ARGS)

lock: .venv/dev.stamp ## Lock the newest allowed versions of all packages, with hashes.
	$(call compile,requirements.in,requirements.txt)
	$(call compile,requirements-dev.in -c requirements.txt,requirements-dev.txt)

clean: ## Stop the embedded PostgreSQL and remove what was built; data in var/ stay.
	@if [ -x $(VENV)/python ]; then $(VENV)/python -m kesos_repo.embedded stop; \
	  KESOS_VAR=$(TEST_VAR) $(VENV)/python -m kesos_repo.embedded stop; fi
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache var/static var/stamps var/bundle
	find . -name __pycache__ -not -path './node_modules/*' -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete

# --- how ---------------------------------------------------------------------------------------------------------------

# Three at a time keep two cores busy, since a browser or a server is often waited for; who has nothing left to do takes
# from the others.
define run_tests
export KESOS_VAR=$(TEST_VAR); $(VENV)/python -m pytest -n 3 --dist worksteal $(1) $(ARGS); status=$$?; \
$(VENV)/python -m kesos_repo.embedded stop; exit $$status
endef

compile = $(VENV)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock" $(1) -o $(2)

# Debian splits ensurepip off into python3-venv; without it the system's pip installs into the environment.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with PYTHON=..." >&2; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip .venv
	@$(VENV)/python -m pip --version >/dev/null 2>&1 || \
	  $(PYTHON) -m pip --disable-pip-version-check --python $(VENV)/python install --quiet pip
	@touch $@

.venv/run.stamp: requirements.txt | .venv/made.stamp
	@echo "Installing the packages of requirements.txt"
	@$(PIP) install -qq --require-hashes --no-deps -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/made.stamp
	@echo "Installing the packages of requirements-dev.txt"
	@$(PIP) install -qq --require-hashes --no-deps -r requirements-dev.txt
	@touch $@ .venv/run.stamp

chromium: .venv/dev.stamp
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Debian's Chromium" && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  } || { echo "The browser tests need Chromium: apt-get install chromium (or: make test-quick)" >&2; exit 1; }
