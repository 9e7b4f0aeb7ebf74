# Thin names for commands that one can type. What they do stands in scripts/.
PORT ?= 8000
PYTHON ?= python3
RUN = .venv/bin/python -m

.PHONY: help setup hosts demo demo-reset test lint journeys bench messages screenshots lock

help: ## These lines
	@sed -n 's/^\([a-z-]*\):.*## /  make \1: /p' Makefile

setup: ## Install into .venv and node_modules; does nothing when all is there
	@$(PYTHON) scripts/setup.py

demo: setup ## Load the example data if need be and serve on 127.0.0.1:PORT (default 8000)
	@$(RUN) scripts.demo --port $(PORT)

demo-reset: setup ## Throw the example data away and load it anew
	@$(RUN) scripts.demo --reset

hosts: setup
	@$(PYTHON) scripts/setup.py --tests

test: hosts ## Lint, the suite on SQLite and on PostgreSQL, and the journeys in a browser
	@$(RUN) scripts.test

lint: setup ## Style, types, import direction, templates, migrations, deployment check
	@$(RUN) scripts.lint

journeys: hosts ## Only the journeys in a browser, on PostgreSQL
	@$(RUN) scripts.test journeys

bench: setup ## Queries, milliseconds and bytes of the pages that matter, on PostgreSQL
	@$(RUN) scripts.with_postgres .venv/bin/python -m scripts.bench

messages: setup ## Gather the texts of the interface and compile them
	@.venv/bin/python manage.py messages --verbosity 2

screenshots: setup ## The pictures in the README, from a throw-away example site
	@$(RUN) scripts.screenshots

lock: setup ## Renew the lock files from pyproject.toml and package.json
	@$(RUN) scripts.lock
