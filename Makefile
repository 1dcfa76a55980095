# Run `make help` for what there is.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
SWIFT_FLAGS ?=
BENCH_FLAGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
SYSUSERSDIR ?= $(PREFIX)/lib/sysusers.d
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
# For a short start: libraries that are linked in instead of found, read and bound each time. Here the linker finds
# nothing but what is to be linked in.
LINKED_IN := .build/linked-in
# Nothing of this folder's name in the executable, no search path for libraries beside it, an id of its content, and
# addresses of libraries that can't be changed once it runs. For a short start, generic types are made by calls and not
# from their names, for which the runtime would search all conformances of the program; nothing is exported; and the
# hundred thousand addresses that are fixed when it is loaded take a bit each instead of 24 bytes (DT_RELR, which lld
# writes and glibc reads since 2.36, Debian 12's).
RELEASE_FLAGS := -c release --static-swift-stdlib --disable-local-rpath --product duban \
  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=. -Xlinker --build-id=sha1 \
  -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now -Xlinker --no-export-dynamic \
  -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
  -Xswiftc -L -Xswiftc $(CURDIR)/$(LINKED_IN) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
DUBAN ?= .build/release/duban

.PHONY: help deps build release install uninstall deb debs package print-release-flags sbom test test-system bench demo lint check-imports clean

help: ## lists the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## installs what building needs (Debian, as root)
	@scripts/install-deps build

build: deps ## builds the debug executable
	swift build $(SWIFT_FLAGS)

release: deps $(LINKED_IN) ## builds the release executable with the Swift runtime linked in
	swift build $(RELEASE_FLAGS) $(SWIFT_FLAGS)

$(LINKED_IN):
	@mkdir -p $@ && ln -sf "$$(cc -print-file-name=libstdc++.a)" $@/

install: ## installs what `make release` built: DESTDIR, PREFIX (/usr/local), SYSCONFDIR (/etc)
	@[ -x $(DUBAN) ] || { echo "$(DUBAN) isn't there: run make release first" >&2; exit 1; }
	DUBAN=$(DUBAN) DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR) UNITDIR=$(UNITDIR) \
	  SYSUSERSDIR=$(SYSUSERSDIR) ZSHDIR=$(ZSHDIR) scripts/install-files install

uninstall: ## removes what `make install` installed, but not the configuration and the state
	DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR) UNITDIR=$(UNITDIR) \
	  SYSUSERSDIR=$(SYSUSERSDIR) ZSHDIR=$(ZSHDIR) scripts/install-files uninstall

deb: package ## builds .build/deb/duban_VERSION+debN_ARCH.deb for this machine's Debian and has lintian look at it
	@scripts/install-deps lint
	lintian --allow-root --fail-on error --tag-display-limit 0 .build/deb/duban_*.deb

debs: ## builds the packages for Debian 12 and 13, each in a Debian of its own (as root)
	@scripts/install-deps build package lint system
	scripts/make-debs

package: release
	@scripts/install-deps package
	scripts/make-deb

print-release-flags: $(LINKED_IN)
	@echo $(RELEASE_FLAGS)

sbom: ## prints the software bill of materials (SPDX) of .build/release/duban
	@scripts/make-sbom $(DUBAN)

test: ## runs every test that needs no other server than our own
	@scripts/install-deps build test
	swift test $(SWIFT_FLAGS)

test-system: ## runs the tests against real peers: Postfix, Dovecot, Chromium, a Debian that boots
	@scripts/install-deps build test system
	scripts/test-system

bench: release ## measures speed and memory next to peers, and prints a table of ratios
	@scripts/install-deps build bench
	for product in deadline-bench compose-bench outbox-peer; do \
	  swift build $(subst --product duban,--product $$product,$(RELEASE_FLAGS)) $(SWIFT_FLAGS); done
	scripts/bench/prepare
	PATH=$(CURDIR)/.build/bench-python/bin:$$PATH scripts/bench/run.py $(BENCH_FLAGS)

demo: ## the real plan in December 2022, mailed to a server on loopback
	@scripts/install-deps build demo
	@scripts/demo/run

lint: ## checks the format and the import rules
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift
	scripts/check-imports

check-imports: ## checks who imports what, and what documents name
	scripts/check-imports

clean: ## removes what was built and the demo's folder
	rm -rf .build demo
