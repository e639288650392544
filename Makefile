# Two commands: `make demo` and `make test`. Everything else serves them.
# Needs Python 3.11 or newer (make PYTHON=python3.12 ...) and a package registry, nothing else.

PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
export PORT EMPTY

.PHONY: help demo test venv venv-demo lint types proof docs messages requirements manage clean

help:
	@echo "make demo            the product on this machine, with invented people (PORT=8000)"
	@echo "make demo EMPTY=1    an installation without anybody: prints the code of its first run"
	@echo "make test            every test, on three workers (T='tests/risk -k name' for some)"
	@echo "make lint types      style, template and arrow checks; strict types"
	@echo "make proof [P=name]  measured proofs, each with its target"
	@echo "make manage C=...    a management command on the demo's databases, while it runs"
	@echo "make docs            print the sharing matrix and the lifecycle again"
	@echo "make messages        compile the translations"
	@echo "make requirements    resolve the pinned requirements again"

venv-demo:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or newer, or name it: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) dev/venv.py demo

venv:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or newer, or name it: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) dev/venv.py dev

demo: venv-demo
	@exec $(PY) -m dev.demo

# Three for two cores: one of them mostly waits, for a browser or for a server that it started.
test: venv messages
	@exec $(PY) -m pytest -n 3 $(T)

lint: venv
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/djlint --lint templates --quiet
	$(PY) -m bandit --quiet --configfile pyproject.toml --recursive agencies risk privacy situations reports situation_table dev
	.venv/bin/lint-imports --no-cache

types: venv
	$(PY) -m mypy .

proof: venv messages
	@exec $(PY) -m bench.proofs $(P)

# The sharing matrix and the lifecycle as pages people can sign; the tests compare them with the code.
docs: venv
	@DJANGO_SETTINGS_MODULE=dev.check_settings $(PY) -m bench.print_docs

messages: venv
	@$(PY) -m dev.messages

manage: venv-demo
	@exec $(PY) -m dev.manage $(C)

# Needs uv. No header, so that no machine's paths or addresses get into the files.
requirements:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --python-version 3.11 --no-header --quiet --upgrade -o requirements-dev.txt
	uv pip compile pyproject.toml --extra demo -c requirements-dev.txt --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements-demo.txt
	uv pip compile pyproject.toml -c requirements-dev.txt --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements.txt

clean:
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis
