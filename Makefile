# The commands of the house. `make help` lists them.
#
# PROFILE   cargo profile that `make run` builds: quick (default), release or dev
# DATA      folder of the log and its companions, made when missing
# ZONE      the zone folder
# HETAO_ADDRESS   where `make run` listens, such as 127.0.0.1:8080; the program's own default when empty

PROFILE ?= quick
DATA ?= data
ZONE ?= zones/hetao
HETAO_ADDRESS ?=

CARGO ?= cargo
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
BINARY_FOLDER = $(TARGET)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))

# Tests find what `.ci/prepare` installed through these; see tests/python and tests/browser.
export CARGO_TARGET_DIR := $(TARGET)
export HETAO_PYTHON ?= $(TARGET)/python/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build test bench clean-data node format tidy words deny lint test-rust test-browser

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: node ## build quickly, start the demonstration and print its address
	$(CARGO) build --locked --profile $(PROFILE) --package hetao
	$(BINARY_FOLDER)/hetao serve --demo --zone $(ZONE) --data $(DATA) $(if $(HETAO_ADDRESS),--listen $(HETAO_ADDRESS))

build: node ## build the release binary
	$(CARGO) build --locked --release --package hetao
	@echo "built $(TARGET)/release/hetao"

# Cheap checks first, so that a slip shows in seconds and not after the build.
test: format node tidy deny lint test-rust test-browser ## check and test everything
	@echo "make test: everything passed"

bench: node ## measure, and print each figure beside its aim
	$(CARGO) build --locked --release --package hetao --package bench
	HETAO_BINARY=$(TARGET)/release/hetao $(TARGET)/release/bench

clean-data: ## delete the demonstration's data folder
	@.ci/clean-data "$(DATA)"

node:
	@.ci/prepare node

format: ## check the formatting
	$(CARGO) fmt --all --check

tidy: ## check lengths, heads, the map, golden files (xtask tidy)
	$(CARGO) run --locked --quiet --package xtask -- tidy

words: ## check that every message exists in three languages and is used
	$(CARGO) test --locked --package xtask --test words

deny: ## check the dependencies' licences, sources and advisories
	@.ci/prepare python deny
	@.ci/deny

lint: ## clippy, warnings are errors
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

# One profile and one choice of features for everything that runs: the crash test and the browser tests use the program
# that is built here, and nothing is compiled twice. Cross-checks with Python find their interpreter in HETAO_PYTHON.
test-rust: ## every Rust test, the crash test and the cross-checks with Python among them
	@.ci/prepare python poppler
	@if $(CARGO) nextest --version >/dev/null 2>&1; \
	then set -x; $(CARGO) nextest run --locked --workspace --all-targets; \
	else set -x; $(CARGO) test --locked --workspace --all-targets; fi

test-browser: ## journeys and page checks in Chromium
	@.ci/prepare node debian browser
	$(CARGO) test --locked --workspace --all-targets --no-run --quiet
	cd tests/browser && export HETAO_BINARY=$(TARGET)/debug/hetao && \
	{ node --test --test-reporter=spec --test-concurrency=1 || \
	  { echo "once more, for what only wanted time on a busy machine"; node --test --test-reporter=spec --test-concurrency=1; }; }
