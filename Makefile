# Two commands matter: `make run` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
DOCUMENTS ?= ../shared/sources

.PHONY: run develop test lint types data unit browser benchmark screenshots geography clean

run: $(VENV)/.run-installed
	$(BIN)/python -m rzh_data build
	$(BIN)/python -m streamlit run server.py --server.port $(PORT)

develop: $(VENV)/.run-installed  ## the same, reloading when a file changes and showing errors in full
	$(BIN)/python -m rzh_data build
	$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.fileWatcherType auto \
		--client.showErrorDetails full --client.toolbarMode developer

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.test-installed: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/.run-installed

test: lint types data unit browser

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test-installed
	$(BIN)/mypy

data: $(VENV)/.test-installed
	$(BIN)/python -m rzh_data build
	$(BIN)/python -m rzh_data check
	@if [ -d "$(DOCUMENTS)" ]; then \
		$(BIN)/python -m rzh_data verify --documents "$(DOCUMENTS)" && \
		$(BIN)/python -m rzh_data coverage --documents "$(DOCUMENTS)"; \
	else echo "SKIPPED: the documents do not lie in $(DOCUMENTS); no printed token was looked up or counted."; fi

unit: $(VENV)/.test-installed
	$(BIN)/python -m pytest -q -n 2 tests/data tests/ui

browser: $(VENV)/.test-installed
	scripts/install-chromium
	@scripts/install-nginx || echo "SKIPPED: nginx cannot be installed here; the deployment is not tried."
	$(BIN)/python -m pytest -q tests/browser

benchmark: $(VENV)/.test-installed
	$(BIN)/python -m benchmarks.dashboard

screenshots: $(VENV)/.test-installed
	scripts/install-chromium
	$(BIN)/python scripts/screenshots.py

geography: $(VENV)/.test-installed
	$(BIN)/python -m rzh_data geography

clean:
	rm -rf $(VENV) data/parquet .pytest_cache .ruff_cache .mypy_cache .hypothesis
