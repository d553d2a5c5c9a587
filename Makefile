# Two commands matter: `make serve` and `make test`. Everything else is a part of them, or for developers.

CARGO ?= cargo
NPM ?= npm
NODE_MODULES = web/node_modules/.package-lock.json
WEB = web/dist/index.html
WEB_SOURCES := $(shell find web/src web/public -type f -not -path 'web/src/wasm/pkg/*' 2>/dev/null) $(wildcard web/*.html web/*.ts web/package.json)
WASM = web/src/wasm/pkg/seatrial_wasm_bg.wasm
# Arguments for `make serve`, such as ARGS="--listen 127.0.0.1:8080".
ARGS ?=
# How long `make fuzz` tries each of its targets.
SECONDS ?= 20

.PHONY: help serve demo build wasm test test-rust test-web test-browser fuzz bench bench-room bench-peers instructions screenshots docs site generate fmt clean

help: ## Says what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

serve: build ## Builds everything, serves on this machine, and prints the address to open
	./target/release/seatrial serve $(ARGS)

demo: build ## Builds everything and serves the sample, open on a finished debrief
	./target/release/seatrial demo $(ARGS)

build: $(WEB) ## Builds the browser app and the release binary target/release/seatrial
	$(CARGO) build --release --locked --package seatrial-cli --target-dir target

$(NODE_MODULES): web/package.json web/package-lock.json
	cd web && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

wasm: $(WASM) ## Builds what runs in the browser: WebAssembly and its JavaScript

# Cargo knows best whether anything changed; the file is touched only then, and the pages are built anew only then. Where
# this machine cannot build it (3), a module that says so stands in for it.
$(WASM): FORCE
	@CARGO=$(CARGO) ./scripts/wasm --release || [ $$? = 3 ]
FORCE:

$(WEB): $(NODE_MODULES) $(WEB_SOURCES) $(WASM) web/openapi.json
	cd web && $(NPM) run --silent build

# What the tests of Rust have built serves the journeys as well: built alone, it would be compiled anew with other features.
test: test-rust test-web ## Runs every test, the browser journeys included
	SEATRIAL_BIN=$${CARGO_TARGET_DIR:-target}/debug/seatrial ./scripts/test-browser

# The browser app is embedded in the binary, so it is built first.
test-rust: $(WEB)
	./scripts/test-rust

test-web: $(NODE_MODULES) $(WASM)
	cd web && $(NPM) run --silent check && $(NPM) run --silent test

test-browser: $(WEB)
	./scripts/test-browser

fuzz: ## Fuzzes what reads scenarios, expressions, designs and kits; SECONDS=20 for each. Needs a nightly compiler
	@./scripts/fuzz $(SECONDS) || [ $$? = 3 ]

bench: build ## Measures start, kit load, the API, the simulator and a room in a browser
	$(CARGO) run --release --locked --package seatrial-bench --target-dir target
	$(MAKE) bench-room

bench-room: build ## Of these, a live room in a real browser: first picture, weight, drawing, frames, memory
	BENCH=1 SEATRIAL_BIN=$(CURDIR)/target/release/seatrial ./scripts/test-browser --project=bench --workers=1

ENGINE_BENCH = $(CARGO) run --release --locked --package seatrial-bench-engine --target-dir target --

bench-peers: ## The simulator beside other simulators and a bare loop, and its limits; writes the table in docs/src/bench.md
	$(ENGINE_BENCH) peers

instructions: ## Instructions that fixed small runs of the simulator take, under valgrind; also in target/instructions.txt
	$(ENGINE_BENCH) instructions target/instructions.txt

screenshots: $(WEB) ## Makes the README's screenshots anew, with the browser tests' own tool
	SCREENSHOTS=1 ./scripts/test-browser --project=screenshots

MDBOOK = @command -v mdbook >/dev/null || $(CARGO) install --locked mdbook

docs: ## Builds the book in docs/book
	$(MDBOOK)
	mdbook build docs

# Addresses in it are relative, so it may lie below any path.
site: $(NODE_MODULES) $(WASM) ## Builds a static site in site/: the practice page, and the book below book/
	$(MDBOOK)
	cd web && $(NPM) run --silent site
	cp site/practice.html site/index.html
	mdbook build docs --dest-dir '$(CURDIR)/site/book'

generate: $(NODE_MODULES) ## Writes the files that are made from code: OpenAPI document, schema, the client's types
	$(CARGO) xtask generate
	cd web && $(NPM) run --silent api

fmt: ## Formats the Rust sources
	$(CARGO) fmt --all

clean: ## Removes what was built; seatrial-data stays
	rm -rf target web/dist web/node_modules web/src/wasm/pkg docs/book site
