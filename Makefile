# `make run` needs GNU make and Python 3.11 or newer; `make test` fetches Chromium if it is missing.

# The newest Python that works; `make run PYTHON=python3.12` chooses another.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
TEMPLATES = $(shell find templates decisions -name '*.html')
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml

# A stamp means that its lock file is installed; without a working Python, it is void.
ifneq ($(shell $(BIN)/python -c 'print(1)' 2>/dev/null),1)
$(shell rm -rf .venv)
endif

.PHONY: run test test-fast check bench lighthouse contact-sheet relevance forms fuzz fuzz-search torture lock sbom audit clean

run: .venv/requirements.stamp
	@exec $(BIN)/python manage.py run

test: check
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n auto --dist worksteal

# The tests that take under half a second and need neither a browser nor processes of their own.
test-fast: .venv/requirements-test.stamp
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not processes and not slow"

check: .venv/requirements-test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(if $(TEMPLATES),$(BIN)/djade --check --target-version 5.2 $(TEMPLATES))

.venv/%.stamp: %.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found." \
		"Name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual" \
		"environments: install its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Installing what $< lists into .venv …"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# SIZE, KEEP, PARTS and SIZES choose what is measured: docs/performance.md.
bench: .venv/requirements.stamp
	@$(BIN)/python -m tests.tools.benchmarks

# Lighthouse's scores of the main pages, with their speed.
lighthouse: .venv/requirements-test.stamp
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.e2e.lighthouse

# Screenshots of every type of page on phone, tablet, desktop and paper, in light and dark.
contact-sheet: .venv/requirements-test.stamp
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.tools.contact_sheet

# Measures how well the search ranks; TUNE=1 tries other weights first.
relevance: .venv/requirements-test.stamp
	$(BIN)/python -m tests.tools.relevance $(if $(TUNE),--tune)

# Compares what decisions give in each form in which people save them; COUNT=20 is short.
forms: .venv/requirements-test.stamp
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.tools.forms --count $(or $(COUNT),200)

# Measures the findings against labelled decisions; TEXTS is a directory with their texts.
accuracy: .venv/requirements-test.stamp
	@test -n "$(TEXTS)" || { echo "Say where the texts are: make accuracy TEXTS=DIR" >&2; exit 1; }
	@$(BIN)/python -m tests.tools.accuracy "$(TEXTS)"

# Fuzzes the parsers, guided by coverage where atheris is installed in .venv; RUNS=1000 is short.
fuzz: .venv/requirements-test.stamp
	$(BIN)/python -m tests.tools.fuzz --runs $(or $(RUNS),200000)

# Fuzzes the search; RUNS=1000 SIZE=600 is short.
fuzz-search: .venv/requirements-test.stamp
	$(BIN)/python -m tests.tools.fuzz_search

# Kills, starves and damages a running site under load, and counts what was lost; as root, also with
# a full disk. KINDS="web damage" TIMES=1 is short.
torture: .venv/requirements-test.stamp
	$(BIN)/python -m tests.tools.torture

# Locks names, versions and hashes, but no index address, so that any package index can be used.
lock: .venv/requirements-test.stamp
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group test -c requirements.lock -o requirements-test.lock

# Lists the packages of a release in CycloneDX; the image has the same file.
sbom:
	@$(PYTHON) deploy/sbom.py > sbom.cdx.json && echo "sbom.cdx.json lists the packages of requirements.lock."

# Asks PyPI for known weaknesses of the locked packages; needs the internet.
audit: .venv/requirements-test.stamp
	$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements.lock

clean:
	rm -rf .contact-sheet tests/e2e/lighthouse/node_modules .venv .venv-bench .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz
