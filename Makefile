# Thin: each target calls one command or two. CONFIGURATION=debug builds and tests without optimisation.
CONFIGURATION ?= release

.PHONY: setup build demo test lint clean

setup:
	@scripts/setup

build: setup
	swift build -c $(CONFIGURATION)

demo: setup
	swift build -c $(CONFIGURATION) --product hale
	.build/$(CONFIGURATION)/hale demo

test: setup
	swift build -c $(CONFIGURATION) --build-tests
	scripts/test -c $(CONFIGURATION) --skip-build

lint:
	swift format lint --strict --recursive Sources Tests Plugins Package.swift

clean:
	rm -rf .build
