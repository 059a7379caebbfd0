# The two commands of a newcomer are `make chat` and `make test`; both create what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat test check telegram bench bench-telegram screens catalogues clean

chat: $(VENV)/.installed
	@$(BIN)/verbatim chat

telegram: $(VENV)/.installed
	@$(BIN)/verbatim telegram

check: $(VENV)/.installed
	@$(BIN)/verbatim check

# What a process compiles is kept for the next one: hundreds of them are started.
test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto

bench: $(VENV)/.tested
	$(BIN)/python -m tests.benchmarks.speed

bench-telegram: $(VENV)/.tested
	$(BIN)/python -m tests.benchmarks.telegram

screens: $(VENV)/.tested
	$(BIN)/python -m tests.screens --png --out screens

catalogues: $(VENV)/.installed
	$(BIN)/pybabel --quiet extract --no-default-keywords --keyword say --keyword count:1,2 \
		--add-comments TRANSLATORS: --strip-comments --add-location file --sort-by-file --width 120 \
		--omit-header --output bot/locale/verbatim.pot bot
	$(BIN)/pybabel --quiet update --domain verbatim --input-file bot/locale/verbatim.pot --output-dir bot/locale \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=..., as in: make chat PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@$(BIN)/verbatim sources >/dev/null
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
