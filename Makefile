# make demo   sample pages → graph, report, answers (needs Python 3.11 to 3.13 and nothing else)
# make test   the tests            make lint   ruff, mypy, the import contract
# make bench  the speed against jieba.posseg, into benchmarks/results.json; make bench-compiled: of a compiled wheel

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
DEMO_QUERIES := event-types chairs several-posts

.PHONY: demo test lint bench bench-compiled clean

# A virtual environment that holds the package: made anew only when pyproject.toml changes.
$(VENV)/.package: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[web]'
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.package
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo '== seeds/pages → $(DEMO)/store and $(DEMO)/pages.ttl'
	@$(BIN)/kg build seeds/pages --store $(DEMO)/store
	@$(BIN)/kg build seeds/pages -o $(DEMO)/pages.ttl
	@echo '== Checked by the shapes; the report as Turtle: $(DEMO)/report.ttl'
	@$(BIN)/kg validate --store $(DEMO)/store --sources seeds/pages --report $(DEMO)/report.ttl || [ $$? -eq 1 ]
	@for name in $(DEMO_QUERIES); do \
	  echo; echo "== kg query $$name"; $(BIN)/kg query $$name --store $(DEMO)/store || exit; done
	@echo
	@echo 'Go on with:'
	@echo '  $(BIN)/kg query --list'
	@echo '  $(BIN)/kg build PAGE.txt FOLDER … --store $(DEMO)/store'
	@echo '  $(BIN)/kg --help'
	@echo 'Look at it in a browser, at http://127.0.0.1:8080/:'
	@echo '  $(BIN)/kg serve --store $(DEMO)/store'

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy --strict kg
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/rate.py

# The same with a wheel that mypyc compiles (needs a C compiler, and some minutes).
bench-compiled: $(VENV)/.dev
	@rm -rf build/compiled && mkdir -p build/compiled
	FANGZHI_COMPILE=1 $(BIN)/python -m build --wheel --outdir build/compiled .
	$(PYTHON) -m venv build/compiled/venv
	build/compiled/venv/bin/python -m pip install --quiet --disable-pip-version-check build/compiled/*.whl jieba setuptools
	build/compiled/venv/bin/python benchmarks/rate.py --out benchmarks/results-compiled.json

clean:
	rm -rf $(VENV) build dist .kg
