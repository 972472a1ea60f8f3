# What a person types. Each target installs what it needs with apt (as root, or through sudo) and stays quiet about it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build release test check demo install uninstall soak fuzz bench lint clean packages-build packages-test

PREFIX ?= /usr/local
JOBS ?= $(shell nproc)
SWIFT_BUILD := swift build --jobs $(JOBS) --explicit-target-dependency-import-check error
DEBUG_FLAGS := --build-tests -Xswiftc -warnings-as-errors
RELEASE_FLAGS := --configuration release --static-swift-stdlib
BINARY := .build/release/dnsconverge

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

build: packages-build ## a debug build, tests included
	$(SWIFT_BUILD) $(DEBUG_FLAGS)

release: packages-build ## the program as it is installed
	$(SWIFT_BUILD) $(RELEASE_FLAGS) --product dnsconverge
	$(SWIFT_BUILD) $(RELEASE_FLAGS) --product dnsconverge-daemon

test: packages-test build release ## installs what the tests need and runs all of them
	Tests/run

check: release ## NAME=example.org asks the real Internet
	@test -n "$(NAME)" || { echo 'make check: say what to check: make check NAME=example.org' >&2; exit 3; }
	@$(BINARY) check $(NAME)

demo: packages-test release ## a failover in a miniature Internet, followed to the last cache, and back
	Tests/World/demo $(BINARY)

install: release ## binaries, plugin link, man page and completions below PREFIX
	packaging/install $(BINARY) $(DESTDIR)$(PREFIX)

uninstall: ## takes away what install put there
	packaging/install --remove $(DESTDIR)$(PREFIX)

soak: packages-test build release ## the tests once more, trying far more cases
	DNSCONVERGE_SOAK=1 Tests/run

fuzz: packages-build ## a million mutated messages through decoding and judging, under AddressSanitizer
	Tests/fuzz $(or $(COUNT),1000000) $(SEED)

bench: packages-test release ## against dnsperf, dig, kdig and ldns's own resolver; and the daemon by itself
	Benchmarks/run
	Benchmarks/daemon/decision
	Benchmarks/daemon/schemes

lint: ## formatting, as CI checks it
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

clean: ## what builds leave behind
	swift package clean

packages-build:
	@packaging/apt build

packages-test:
	@packaging/apt build test
