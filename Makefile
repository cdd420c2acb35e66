# The project's tasks. Each one installs first when .venv is missing or older than what it is made from.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 7860
JOBS ?= 2
ARGS ?=

PY := .venv/bin/python
STAMP := .venv/.installed

# Nothing here talks to a network that the user did not configure.
export ANONYMIZED_TELEMETRY = False
export GRADIO_ANALYTICS_ENABLED = False

.PHONY: help install run test test-fast check check-lint check-format check-types check-imports format bench eval clean
.DELETE_ON_ERROR:

help:
	@echo "make install    everything into .venv"
	@echo "make run        the chat on http://127.0.0.1:$(PORT), over the sample reports"
	@echo "                  REPORTS=folder: over yours    PORT=number    GOUJI_STORE=folder: where the index lies (./data)"
	@echo "make test       all tests, with the coverage floor    ARGS='-k word' goes to pytest"
	@echo "make test-fast  the quick ones: no browser, nothing slow"
	@echo "make check      lint, format, types, import direction"
	@echo "make format     let ruff put the code in order"
	@echo "make bench      the benchmarks    ARGS=… goes to them"
	@echo "make eval       6,010 generated questions over the sample reports, graded    ARGS=--verbose"
	@echo "make clean      away with .venv, caches and builds; the index stays"

install: $(STAMP)

# pip's warnings are about places it looked in vain; its errors are shown.
$(STAMP): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Gouji needs Python 3.11 or newer: make install PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "Installing into .venv (three to five minutes the first time) …"
	@"$(PYTHON)" -m venv .venv
	@$(PY) -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
	@echo "Installed."

# The samples go only into a store that was begun with them, never among somebody's own reports.
run: $(STAMP)
	@set -e; \
	export GOUJI_STORE="$${GOUJI_STORE:-./data}"; \
	samples="$$GOUJI_STORE/.samples"; \
	if [ -n "$${REPORTS:-}" ]; then \
	    .venv/bin/gouji build "$$REPORTS" || echo "Not everything could be read (see above)."; \
	    if [ -e "$$samples" ]; then \
	        echo "The sample reports are in this store too. To be rid of them: rm -r $$GOUJI_STORE, then again."; \
	    fi; \
	elif [ ! -e "$$GOUJI_STORE" ] || [ -e "$$samples" ]; then \
	    mkdir -p "$$GOUJI_STORE"; \
	    touch "$$samples"; \
	    .venv/bin/gouji build examples; \
	fi; \
	exec .venv/bin/gouji serve --port $(PORT)

test: $(STAMP)
	@$(PY) -m pytest -n $(JOBS) --dist loadgroup --cov --cov-report term $(ARGS)

test-fast: $(STAMP)
	@$(PY) -m pytest -n $(JOBS) -m "not slow and not browser" $(ARGS)

check: check-lint check-format check-types check-imports

check-lint: $(STAMP)
	@echo "ruff check"
	@$(PY) -m ruff check --output-format concise .

check-format: $(STAMP)
	@echo "ruff format"
	@$(PY) -m ruff format --check .

check-types: $(STAMP)
	@echo "mypy"
	@$(PY) -m mypy

check-imports: $(STAMP)
	@echo "import-linter"
	@.venv/bin/lint-imports --no-logo

format: $(STAMP)
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

bench: $(STAMP)
	@HF_HUB_OFFLINE=1 $(PY) -m benchmarks $(ARGS)

# In a store of its own, so that only the sample reports answer.
eval: $(STAMP)
	@set -e; \
	folder="$$(mktemp -d)"; \
	trap 'rm -rf "$$folder"' EXIT; \
	export GOUJI_STORE="$$folder/store"; \
	.venv/bin/gouji build examples; \
	$(PY) -m tests.questions.paraphrases > "$$folder/paraphrases.jsonl"; \
	.venv/bin/gouji eval "$$folder/paraphrases.jsonl" $(ARGS)

clean:
	@rm -rf .venv build dist *.egg-info .coverage .coverage.* coverage.xml
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
