# Run `make help` for what there is.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
SWIFT_FLAGS ?=
PREFIX ?= /usr
DESTDIR ?=

.PHONY: help deps build release test test-system demo lint check-imports clean

help: ## lists the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## installs what building needs (Debian, as root)
	@scripts/install-deps build

build: deps ## builds the debug executable
	swift build $(SWIFT_FLAGS)

release: deps ## builds the release executable with the Swift runtime linked in
	swift build -c release --static-swift-stdlib --product duban $(SWIFT_FLAGS)

test: ## runs every test that needs no other server than our own
	@scripts/install-deps build test
	swift test $(SWIFT_FLAGS)

test-system: ## runs the tests against real peers: Postfix, Dovecot, Chromium
	@scripts/install-deps build test system
	scripts/test-system

demo: ## the real plan in December 2022, mailed to a server on loopback
	@scripts/install-deps build demo
	@scripts/demo/run

lint: ## checks the format and the import rules
	swift format lint --strict --recursive Sources Tests Package.swift
	scripts/check-imports

check-imports: ## checks who imports what
	scripts/check-imports

clean: ## removes what was built and the demo's folder
	rm -rf .build demo
