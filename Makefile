# Thin: each target calls one command or two. CONFIGURATION=debug builds and tests without optimisation.
CONFIGURATION ?= release

.PHONY: setup build demo test bench lint clean

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

# BENCH="import score" chooses benches, BENCH="--small" tries the harness; Benchmarks/run --help says the rest.
bench: setup
	swift build -c release --product hale
	swift build -c release --product mathematics-benchmark
	Benchmarks/run $(BENCH)

lint:
	swift format lint --strict --recursive .

clean:
	rm -rf .build
