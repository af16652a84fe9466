# Every recipe is one call of ./dev, which needs nothing but Python 3.11; ARGS="…" is passed on.
.DEFAULT_GOAL := help
.PHONY: help setup run check fix test test-long browser words wheel bench load crash

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## prepare .venv, the front-end files and the word catalogues
	@./dev setup $(ARGS)

run: ## set up, then open the demo ledger
	@./dev run $(ARGS)

check: ## format, lint, types, imports, templates, migrations, words, locks
	@./dev check $(ARGS)

fix: ## mend what ruff can mend
	@./dev fix $(ARGS)

test: ## all tests on SQLite and PostgreSQL, browser journeys, coverage
	@./dev test $(ARGS)

test-long: ## the tests that have a large size, at that size
	@./dev test-long $(ARGS)

browser: ## the browser journeys only
	@./dev browser $(ARGS)

words: ## bring both word catalogues up to date
	@./dev words $(ARGS)

wheel: ## build the wheel: one file that needs neither Node nor network to run
	@./dev wheel $(ARGS)

bench: ## take the figures of speed and memory (ARGS="reading" for one of them)
	@./dev bench $(ARGS)

load: ## play a district's day on a served ledger: sign-ins, month end, fifty boards (both databases)
	@./dev load $(ARGS)

crash: ## kill, fill the disk, set clocks back, a thousand rounds over both databases
	@./dev crash $(ARGS)
