# `make` alone lists the commands. Everything here may be run again at any time: what is done is not done twice.

PORT ?= 8000
ARGS ?=

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
export DEBIAN_FRONTEND := noninteractive

# WeasyPrint draws with Pango; Bookman and Arial have their free look-alikes in URW and Liberation.
LIBRARIES := ca-certificates tzdata libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 \
	fonts-liberation fonts-urw-base35 fonts-dejavu-core

# Tests and checks do not depend on what `.env` says about this installation. What one of their many processes
# has compiled, the next one need not compile again.
TEST_ENV := DEBUG=off HTTPS=off EMAIL_URL=memorymail:// PYTHONDONTWRITEBYTECODE=
PRODUCTION_ENV := DEBUG=off HTTPS=on ALLOWED_HOSTS=sakip.example.go.id \
	CSRF_TRUSTED_ORIGINS=https://sakip.example.go.id SITE_URL=https://sakip.example.go.id \
	EMAIL_URL=smtp+tls://user:password@mail.example.go.id:587 DEFAULT_FROM_EMAIL=sakip@example.go.id \
	OPERATOR_EMAIL=pengelola@example.go.id DATABASE_URL=sqlite:///:memory:

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run dev test-setup test test-postgres test-hard test-deploy test-containers test-access screenshots sbom release system-packages mutate bench bench-full lint format lock clean system browser office env data

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: env ## Install everything the program needs, start nothing
	@echo "Ready. Start with: make run"

run: .venv/.installed staticfiles/.collected data ## Start as in production on http://127.0.0.1:8000 (PORT=… for another)
	@echo "Open http://127.0.0.1:$(PORT)"
	@DEBUG=off PORT=$(PORT) exec $(PYTHON) -m gunicorn --config deploy/gunicorn.conf.py

dev: .venv/.dev data ## Start the development server, which reloads when a file changes
	@echo "Open http://127.0.0.1:$(PORT)"
	@DEBUG=on exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test-setup: .venv/.dev browser office env staticfiles/.collected ## Install everything that the tests and checks need
	@scripts/apt-install postgresql

test: .venv/.dev browser office env ## Run the tests on SQLite (ARGS="-k word" for some, ARGS=--cov for coverage)
	$(TEST_ENV) DATABASE_URL=sqlite:///:memory: $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

# tests/once.txt says which files need only one database, and why; in other files single tests are marked `once`.
ONCE = $(wildcard $(shell grep '^tests/' tests/once.txt))

test-postgres: .venv/.dev browser office env ## Run the tests that ask the database on a PostgreSQL of their own
	$(TEST_ENV) scripts/with-postgres $(PYTHON) -m pytest -n auto --dist worksteal -m "not once" $(addprefix --ignore=,$(ONCE)) $(ARGS)

test-hard: .venv/.dev env staticfiles/.collected ## Break real servers on purpose, on SQLite and PostgreSQL (ARGS="--rounds 5" for a short run)
	$(TEST_ENV) DATABASE_URL=sqlite:///:memory: $(PYTHON) -m pytest --run-hard $(ARGS) tests/hard
	$(TEST_ENV) scripts/with-postgres $(PYTHON) -m pytest --run-hard $(ARGS) tests/hard

# What a server needs beside the program; the container tools are not needed to run the program.
SERVER := postgresql nginx libnginx-mod-http-headers-more-filter \
	libnginx-mod-http-brotli-filter libnginx-mod-http-brotli-static openssl systemd

test-deploy: .venv/.dev env staticfiles/.collected ## Install the program as on a server, on a copy of this machine, and use it through nginx (as root)
	@scripts/apt-install $(SERVER)
	@scripts/install-observatory
	@PYTHONS=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])') scripts/make-release
	$(TEST_ENV) DATABASE_URL=sqlite:///:memory: scripts/throwaway-machine $(abspath $(PYTHON)) -m pytest -p no:cacheprovider --run-deploy $(ARGS) tests/deploy

test-containers: ## Build the images of compose.yaml on a Debian of our own, start them and ask for a page (as root)
	scripts/try-containers

test-access: .venv/.dev browser env ## Look at every page of every role with axe, at 1280 and 360, filled, empty and wrong (ARGS="-k evaluation")
	$(TEST_ENV) DATABASE_URL=sqlite:///:memory: $(PYTHON) -m pytest -n auto --dist worksteal --run-access $(ARGS) tests/access

screenshots: .venv/.dev browser env ## Draw the pictures of the guides and of every main page anew, from the demonstration data
	@$(PYTHON) scripts/screenshots.py

VERSION = $(shell sed -n 's/^__version__ = "\([^"]*\)".*/\1/p' sakip/__init__.py)

sbom: .venv/.dev ## List every package of the program with its version in build/sbom.json (CycloneDX)
	@mkdir -p build
	scripts/make-sbom requirements.lock $(VERSION) build/sbom.json

release: .venv/.dev ## Write build/sakip-VERSION.tar.gz, which installs on a machine without internet
	@scripts/make-release

system-packages: ## Fetch the Debian packages for such a machine into debian/, on the same release of Debian
	@scripts/fetch-system-packages make python3 python3-venv $(LIBRARIES) $(SERVER)

mutate: .venv/.dev env ## Change rules and rights one place at a time and see whether a test notices (ARGS="numbers dates" for some)
	$(TEST_ENV) DATABASE_URL=sqlite:///:memory: $(PYTHON) scripts/mutate.py $(ARGS)

bench: .venv/.dev env staticfiles/.collected ## Measure the program beside the usual way of doing the same, in small (ARGS="lists pdf" for some)
	@$(TEST_ENV) scripts/with-postgres $(PYTHON) -m benchmarks $(ARGS); status=$$?; \
	$(PYTHON) -m benchmarks.report; exit $$status

bench-full: .venv/.dev env staticfiles/.collected ## The same at the size of a province: 100,000 renaksi, lists of 1,000,000
	@$(TEST_ENV) scripts/with-postgres $(PYTHON) -m benchmarks --full $(ARGS); status=$$?; \
	$(PYTHON) -m benchmarks.report; exit $$status

lint: .venv/.dev env ## Check style, types, templates, settings, migrations, the drawing of the models, known holes
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(TEST_ENV) .venv/bin/mypy
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(PRODUCTION_ENV) $(MANAGE) check --deploy --fail-level WARNING
	$(PRODUCTION_ENV) $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION_ENV) $(MANAGE) describe_models --check
	$(PYTHON) scripts/audit_packages.py requirements.lock

format: .venv/.dev ## Put style and templates in order
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .
	-find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

lock: .venv/.dev ## Write the lock files anew after a change of requirements.txt or requirements-dev.txt
	scripts/lock-requirements

clean: ## Remove what was installed and built; data and settings stay
	rm -rf .venv staticfiles build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@scripts/apt-install $(LIBRARIES)

browser: .venv/.dev
	@scripts/install-browser
	@scripts/install-axe

office:
	@scripts/install-office

.venv/.installed: requirements.lock | system
	@scripts/install-requirements requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | system
	@scripts/install-requirements requirements-dev.lock
	@touch $@ .venv/.installed

env: .venv/.installed
	@$(PYTHON) scripts/make_env.py .env

# Also of the files that name a class: what no file names is left out (sakip/static_files.py).
NAMING := static templates docs/panduan/gambar sakip performance recommendations reports workbooks api
staticfiles/.collected: .venv/.installed $(shell find $(NAMING) -type f -not -name '*.pyc' 2>/dev/null) | env
	@echo "Collecting static files …"
	@DEBUG=off $(MANAGE) collectstatic --clear --noinput --verbosity 0
	@touch $@

data: env
	@scripts/prepare-data
