# Both commands make their own environment in .venv, with uv where it is and with venv and pip elsewhere.
# POSIX sh and GNU make 3.81 are enough.
PYTHON ?= python3
SAMPLES = hospitals shop publisher agency
SHOPS = united-kingdom germany ireland france netherlands spain belgium sweden portugal switzerland

UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),"$(UV)" pip install --python .venv/bin/python --quiet,\
	.venv/bin/python -m pip install --disable-pip-version-check --quiet --no-compile)
BROWSE := $(if $(CI),,$(if $(filter Darwin,$(shell uname)),open,\
	$(if $(DISPLAY)$(WAYLAND_DISPLAY),$(shell command -v xdg-open 2>/dev/null))))

# What Python compiles on its way is kept, in .venv and beside the code: hundreds of processes start from it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help report test check bench texts catalogue lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile
	@echo "PYTHON=python3.12 behind any of them chooses the Python of a new .venv."

report: .venv/.core ## render the sample reports to out/, and open them where a desktop is
	@failed=0; \
	.venv/bin/kpikit report data/hospitals --out out/hospitals || failed=1; \
	.venv/bin/kpikit report data/shop --out out/shop $(SHOPS:%=--client %) || failed=1; \
	.venv/bin/kpikit report data/publisher --out out/publisher || failed=1; \
	.venv/bin/kpikit report data/agency --out out/agency --format html,pdf,xlsx || failed=1; \
	for index in $(SAMPLES:%=out/%/index.html); do \
		test -f $$index || continue; \
		echo "Reports: $(CURDIR)/$$index"; \
		$(if $(BROWSE),$(BROWSE) $$index >/dev/null 2>&1 &) \
	done; \
	exit $$failed

test: .venv/.test ## run all tests
	@.venv/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: .venv/.test ## run ruff and mypy alone (the tests run them too)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy

bench: .venv/.test ## print speed and memory, as ratios to those of a peer
	@.venv/bin/python -m tests.benchmarks

texts: .venv/.test ## bring the translations' files up to date with the texts in code and templates
	@.venv/bin/python -m tests.texts

catalogue: .venv/.core ## write kpikit/indicators/CATALOGUE.md anew from the declarations
	@.venv/bin/kpikit catalogue --markdown > kpikit/indicators/CATALOGUE.md

lock: ## write requirements.lock anew, with the newest versions that pyproject.toml allows (needs uv)
	@test -n "$(UV)" || { echo "'make lock' needs uv on the PATH." >&2; exit 1; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp pyproject.toml "$$folder" && \
	export="$(UV) export --project $$folder --python $(PYTHON) --format requirements.txt --no-header --no-annotate --quiet" && \
	{ echo "# 'make lock' writes this file: every package of kpikit with its PDFs, then those of its tests and extras." && \
	$$export --no-default-groups --no-emit-project --extra pdf && \
	echo "# test tools" && $$export --no-emit-project --all-extras --group test; } > "$$folder/new" && \
	cp "$$folder/new" requirements.lock

clean: ## remove .venv and out
	@rm -rf .venv out

# A stamp is written last, so that an installation cut short is done again, and a finished one is not.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "kpikit needs Python 3.11 or newer; '$(PYTHON)' is: $$($(PYTHON) --version 2>&1 | head -n 1)" >&2; \
		echo "Name another one, for example: make report PYTHON=python3.12" >&2; exit 1; }
ifeq ($(UV),)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		version=$$($(PYTHON) -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
		echo "python3-venv is missing. On Debian or Ubuntu: sudo apt-get install $$version-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
else
	@"$(UV)" venv --quiet --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
endif
	@touch $@

.venv/.core: .venv/.made requirements.lock pyproject.toml
	@echo "Installing kpikit into .venv (seconds with uv, a minute or two with pip)"
	@sed '/^# test tools$$/,$$d' requirements.lock > .venv/core.txt
	@$(INSTALL) --no-deps --require-hashes -r .venv/core.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

.venv/.test: .venv/.core
	@echo "Installing the test tools into .venv"
	@sed '1,/^# test tools$$/d' requirements.lock > .venv/test.txt
	@$(INSTALL) --no-deps --require-hashes -r .venv/test.txt
	@touch $@
