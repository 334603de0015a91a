# Two commands are all it takes on a fresh Debian 12: `make demo` to see it work, `make test` to prove it.
# The work is done by the scripts; each skips what is already done, so an interrupted run goes on where it stopped.
.PHONY: help setup demo test check docs words fit install wheel lock clean

help:
	@echo "make demo    install everything, then watch sample scans become searchable invoices"
	@echo "make test    install everything, then run every check and every test, and say what no test runs"
	@echo "make check   style, types, architecture and unit tests only (needs make setup)"
	@echo "make docs    make anew what docs/ says of commands, JSON, error codes and tables (needs make setup)"
	@echo "make words   bring the page's translations up to date, and name what is not translated (needs make setup)"
	@echo "make fit     fit every ranking again on documents with their truth (DATA=FOLDER KEPT=FOLDER; needs make setup)"
	@echo "make setup   install everything: Tesseract, .venv, llama-cpp-python for this CPU, the default model"
	@echo "make install as root: into /opt/invoicewatch, for the service (PREFIX=FOLDER for another place)"
	@echo "make wheel   dist/*.whl for pipx or pip, with a llama-cpp-python that runs on this CPU"
	@echo "make lock    resolve the dependencies anew (requirements/lock.txt)"
	@echo "make clean   remove .venv, demo/ and caches; the built wheel and the model stay in the user's cache"

setup:
	@scripts/setup

demo: setup
	@.venv/bin/python scripts/demo.py

test:
	@scripts/setup --tests
	@scripts/check-style
	@scripts/run-tests $(PYTEST_ARGS)

check:
	@scripts/check $(PYTEST_ARGS)

docs:
	@.venv/bin/python -m scripts.make_docs

words:
	@.venv/bin/python -m scripts.translate

fit:
	@DATA="$(DATA)" KEPT="$(KEPT)" scripts/fit

install:
	@scripts/install $(PREFIX)

wheel: setup
	@scripts/make-wheel

lock:
	@scripts/lock

clean:
	rm -rf .venv demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
