# Everything installs into .venv, from the two hash locks. The stamp files there are as old as the last
# installation, so a second run installs nothing and a changed lock installs again.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
BUILD := .venv/build.stamp
TEST := .venv/test.stamp
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--only-binary :all: --no-binary mozprofile --no-header --no-annotate

# The theme's notice about the end of MkDocs 1 is known, and is not of our making.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build check test thorough rest faults lint browsers programs live proof bench screenshots pictures sheets review offline gallery permalinks translation lock clean

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 18

serve: $(BUILD) ## show the site at http://127.0.0.1:8000/ and reload it after each edit
	$(PY) -m mkdocs serve --dev-addr 127.0.0.1:8000

build: $(BUILD) ## write the site into site/; any warning stops it
	OFFLINE_COPY=yes $(PY) -m mkdocs build --strict
	OFFLINE_COPY=yes $(PY) -m mkdocs build --strict -f mkdocs.es.yml
	$(PY) -m macros offline site

# Everything without a browser, as a writer runs it. The tests share one build of the site.
check: lint ## check style, types, data files, links, words and build: all without a browser
	$(PY) -m macros check
	$(PY) -m pytest tests/unit tests/site -q -m "not slow" --numprocesses auto --dist worksteal

# One run for all, so that one site is built and each process starts once. One process more than
# there are cores: pages spend part of the time waiting.
test: lint browsers ## check all that each change must hold, in real browsers
	$(PY) -m macros check
	$(PY) -m pytest -m "not alone and not slow" --durations=10 -rR \
		--numprocesses $$($(PY) -c "import os; print(os.cpu_count() + 1)") --dist worksteal

thorough: test rest ## test, then every enumeration and every planted fault

# What make thorough adds to make test. What measures time runs alone.
rest: browsers programs
	$(PY) -m pytest -m "slow and not alone" --durations=10 -rR --numprocesses auto
	$(PY) -m pytest -m "slow and alone"
	$(PY) -m tests.tools.faults

faults: browsers ## plant every fault of tests/faults/ in a copy; its test must fail (ONLY=word picks some)
	$(PY) -m tests.tools.faults $(ONLY)

lint: $(TEST) ## check style and types of the code
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict macros

browsers: $(TEST) ## find the browsers the tests drive, or install them
	@$(PY) -m tests.support.browsers

programs: $(TEST) ## find what else make thorough runs, such as WebKit and Java, or install it
	@$(PY) -m tests.support.programs

live: $(TEST) ## check what needs the network: links to others, age of facts, vulnerabilities
	$(PY) -m tests.tools.live

proof: $(BUILD) ## prove the quiz over every possible set of responses
	$(PY) -m macros proof

bench: browsers ## measure weight, paint, build and growth
	$(PY) -m tests.tools.bench

screenshots: browsers ## take pictures of every page
	$(PY) -m tests.tools.screenshots

pictures: browsers ## draw the pictures the repository keeps
	$(PY) -m tests.tools.pictures

sheets: browsers ## make the printable sheets as PDF
	$(PY) -m tests.tools.sheets

review: browsers ## make the document a therapist or an advocate can check, as HTML and PDF
	$(PY) -m macros review
	$(PY) -m tests.tools.review

offline: $(BUILD) ## make the copy that works from disk, and its zip
	$(PY) -m macros offline

gallery: $(BUILD) ## show every component in each of its states, as pages in dist/gallery
	$(PY) -m macros gallery

permalinks: $(BUILD) ## add new pages and sections to the ledger of addresses
	$(PY) -m macros permalinks

translation: $(BUILD) ## write what other languages lack, in English, to be translated (NEW=fr begins one)
	$(PY) -m macros translation $(NEW)

lock: ## write both locks anew from the .in files (needs uv)
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-test.in --output-file requirements-test.txt

clean: ## remove everything these commands made
	rm -rf .venv .stamps site dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache gecko.log
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@[ -n "$(PYTHON)" ] || { echo "No Python found: install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear .venv

# "|" because pip may replace itself, which must not count as a reason to install again.
$(BUILD): requirements.txt | .venv/bin/pip
	$(INSTALL) -r requirements.txt
	@touch $@

$(TEST): requirements.txt requirements-test.txt | .venv/bin/pip
	$(INSTALL) -r requirements.txt -r requirements-test.txt
	@touch $(BUILD) $@
