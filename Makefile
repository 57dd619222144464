# SPDX-License-Identifier: Apache-2.0
# Comity's commands. Each one sets up what it needs; nothing is done twice while nothing has changed.
# `make help` lists them. What is made lies in .venv, node_modules, dist and build, all ignored by git.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test check check-all bench rules fuzz assets wheel lock format clean

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Two processes; tests that start nodes or a browser keep to one of them (see tests/conftest.py).
PARALLEL := -n 2 --dist loadgroup
FUZZ_SECONDS ?= 60

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv from constraints.txt, fetch the pages' assets, compile the translations
	@tools/setup.sh

run: setup ## start three nodes, play the sample case, leave their desks open until Ctrl-C
	@exec $(BIN)/comity demo

test: setup ## the whole suite but its slow proofs; T="tests/unit -k name" chooses
	@tools/setup_browser.sh
	@$(PYTEST) $(PARALLEL) -m "not slow" $(T)

check: setup ## lint, format, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

check-all: check ## check, then every test with its slow proofs and many more random examples
	@tools/setup_browser.sh
	@HYPOTHESIS_PROFILE=thorough $(PYTEST) $(PARALLEL)

bench: setup ## run benchmarks/*.py one after the other; JSON in benchmarks/results/
	@$(BIN)/python -m benchmarks.run

rules: setup ## validate rules/, find contradictions, and make its schemas and compiled form anew
	@$(BIN)/python -m tools.publish_rules

fuzz: setup ## run tests/fuzz/*.py, FUZZ_SECONDS (60) each
	@tools/fuzz.sh $(FUZZ_SECONDS)

assets: ## fetch the pages' styles and scripts and the letters' fonts again
	@rm -rf src/comity/interfaces/web/static/vendor src/comity/formats/letters/vendor
	@tools/setup.sh

wheel: setup ## dist/comity-*.whl, with assets and compiled translations inside
	@$(BIN)/python -m hatchling build -t wheel -d dist

lock: ## choose the newest allowed versions of everything, and pin them
	@tools/lock.sh

format: setup ## put the source into the house's form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean: ## remove all that was made
	rm -rf .venv node_modules dist build var benchmarks/results
	rm -rf src/comity/interfaces/web/static/vendor src/comity/formats/letters/vendor
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find src tests benchmarks tools -name __pycache__ -prune -exec rm -rf {} +
	find src -path '*/locale/*' -name '*.mo' -delete
