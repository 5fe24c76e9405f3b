# `make` lists the targets. Needs Python 3.11 or newer; everything else goes into .venv.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py

# $(call install,test): installs requirements/test.txt, unless exactly that file is installed already.
# A stamp is a copy of the file; the larger files hold the smaller, so they write their stamps too.
installs_run := run
installs_test := run test
installs_dev := run test dev
define install
@cmp -s requirements/$(1).txt $(VENV)/$(1).installed || { \
  echo "Installing requirements/$(1).txt into $(VENV) ..." && rm -f $(VENV)/*.installed && set -o pipefail && \
  $(PY) -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements/$(1).txt | \
    { grep --line-buffered -oE '^(Collecting [^ ]+|Installing collected packages)' || true; } && \
  for part in $(installs_$(1)); do cp requirements/$$part.txt $(VENV)/$$part.installed || exit; done; }
endef

.PHONY: help run demo-users test audit bench-search bench-api bench-desk drills conformance openapi glossary screenshots lint metrics format messages \
  verify replay lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

# The kill timeout is there because a granian worker that is still starting up can miss its signal to stop.
# Beside the server a worker reads the files that were brought in; it ends when the server does.
run: $(PY) ## set up what is missing and serve http://127.0.0.1:8000 (PORT= changes it)
	$(call install,run)
	@$(MANAGE) prepare
	@echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C stops the server)"
	@$(MANAGE) intake --follow & \
	exec $(PY) -m granian --interface wsgi --no-ws --host 127.0.0.1 --port $(PORT) --workers 2 \
	  --blocking-threads 4 --workers-kill-timeout 5 casedb.wsgi:application

demo-users: $(PY) ## create a curator and a reviewer, passwords printed once (development only)
	$(call install,run)
	@$(MANAGE) demo_users

test: $(PY) ## run all tests that can run here: SQLite, PostgreSQL, browser
	@tests/suite.sh plan
	$(call install,test)
	@tests/suite.sh run

audit: $(PY) ## Lighthouse, HTML checker and axe over every type of page (needs node, npm, java, chromium)
	$(call install,test)
	@$(PY) -m tests.audit $(if $(QUICK),--quick)

bench-search: $(PY) ## measure the search beside the bare engine and PostgreSQL (N="10000 100000")
	$(call install,test)
	@PG_OPTIONS="-c shared_buffers=4GB" DJANGO_SETTINGS_MODULE=casedb.settings \
	  tests/postgres.sh $(PY) -m tests.bench.search $(or $(N),10000 100000) $(BENCH)

bench-api: $(PY) ## measure the API beside Datasette (needs wrk and PostgreSQL)
	$(call install,test)
	@DJANGO_SETTINGS_MODULE=casedb.settings tests/postgres.sh $(PY) -m tests.bench.api $(BENCH)

bench-desk: $(PY) ## measure the fields and lists of the desk among 100,000 claims (needs PostgreSQL)
	$(call install,test)
	@DJANGO_SETTINGS_MODULE=casedb.settings tests/postgres.sh $(PY) -m tests.bench.desk $(BENCH)

drills: $(PY) ## run the long forms of the tests: crashes, races, random histories
	$(call install,test)
	@$(PY) -m pytest -m drill

conformance: $(PY) ## let programs that are not ours read what CaseDB writes (LibreOffice, libicu-dev, g++, pkg-config)
	$(call install,test)
	@tests/conformance/exports.sh
	@FUZZ=300 $(PY) -m pytest tests/api/test_fuzz.py

openapi: $(PY) ## write docs/openapi.json anew from what the code says of itself (commit it)
	$(call install,run)
	@$(MANAGE) spectacular --format openapi-json --file docs/openapi.json --validate --fail-on-warn

glossary: $(PY) ## write docs/glossary.md anew from the vocabularies (commit it)
	$(call install,run)
	@$(MANAGE) glossary

screenshots: $(PY) ## take the pictures of the documentation anew (needs chromium; commit them)
	$(call install,test)
	@SCREENSHOTS=1 $(PY) -m pytest -q -m browser tests/browser/test_docs_screenshots.py

lint: $(PY) ## check style, types, pending migrations and message catalogues
	$(call install,dev)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(MANAGE) makemigrations --check --dry-run
	@if command -v msgfmt >/dev/null; then \
	  for po in locale/*/LC_MESSAGES/*.po; do \
	    [ ! -e "$$po" ] || msgfmt --check -o /dev/null "$$po" || exit; done; \
	elif [ "$$CI" = true ]; then echo "lint: msgfmt (gettext) is missing" >&2; exit 1; \
	else echo "lint: catalogues not checked, msgfmt (gettext) is missing"; fi

metrics: $(PY) ## report shared names, lengths, Any in signatures, comments (fails for nothing)
	$(call install,dev)
	@$(PY) -m tests.metrics

format: $(PY) ## let ruff format the code and mend what it safely can
	$(call install,dev)
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

messages: $(PY) ## collect and compile translations (needs gettext; commit .po and .mo)
	$(call install,run)
	@$(MANAGE) makemessages --locale id --locale en --add-location file --ignore var --ignore $(VENV)
	@$(MANAGE) compilemessages --ignore var --ignore $(VENV)

verify: $(PY) ## check the whole record: quotes, hashes, gaps, replay
	$(call install,run)
	@$(MANAGE) verify

replay: $(PY) ## rebuild the derived tables from the revisions
	$(call install,run)
	@$(MANAGE) replay

# For maintainers. Keeps the pinned versions unless UPGRADE=1 asks for newer ones. uv runs from a venv of
# its own and no uv.lock is committed: it would name one index's addresses, these files name only hashes.
COMPILE = .venv-lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-annotate --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
lock: .venv-lock/bin/uv ## pin the dependencies anew (UPGRADE=1 takes newer versions)
	@$(COMPILE) --group dev --output-file requirements/dev.txt
	@$(COMPILE) --group test --constraint requirements/dev.txt --output-file requirements/test.txt
	@$(COMPILE) --constraint requirements/dev.txt --output-file requirements/run.txt

clean: ## remove the environments and caches; data (var/) stays
	rm -rf $(VENV) .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	$(call venv,$(VENV))

.venv-lock/bin/uv:
	$(call venv,.venv-lock)
	@.venv-lock/bin/python -m pip install --quiet uv

# Takes the first Python that is new enough; a venv that came out half-made must not pass for a whole one.
define venv
@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  echo "Creating $(1) ..."; $$python -m venv $(1) || { rm -rf $(1); exit 1; }; exit 0; \
done; echo "No Python 3.11 or newer found; name one: make PYTHON=/path/to/python3" >&2; exit 1
endef
