# Every command of the project. `make help` lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON_BIN := .venv/bin/python
LAB ?=
GRADE ?=
REHEARSE ?=
NOTEBOOKS ?=
SCHEDULER ?=
STUDENT ?=
ALL ?=
YES ?=
EXERCISE ?=
NAMES ?=
SEEDS ?=
TESTS ?= tests
# Python itself obeys these before any line of ours runs.
unexport PYTHONHOME PYTHONPATH PYTHONWARNINGS

.PHONY: help lab test test-debian test-datalab links services notebooks expectations mistakes fixtures grade regrade gradebook export similar appeal forget drafts rehearse attacks benchmark lint pins clean moved

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | \
	while IFS='|' read -r name text; do printf 'make %-13s %s\n' "$$name" "$$text"; done

lab: .venv/.installed  ## open the course in JupyterLab, with offline services (LAB="--no-browser …")
	@$(PYTHON_BIN) -m autograder.lab $(LAB)

test: lint  ## check style and types, then run every test (TESTS=tests/utils for some)
	$(PYTHON_BIN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

test-debian:  ## the same in Debian 13, as an ordinary user (needs root and debootstrap)
	@TESTS='$(TESTS)' sh .ci/debian.sh

test-datalab: .venv/.installed  ## set the course up as the SSP Cloud does, in Debian 13, and work in it (the same)
	@sh .ci/datalab.sh

links: .venv/.installed  ## write the links that open the course on the SSP Cloud
	@$(PYTHON_BIN) -m autograder.lab.datalab

services: .venv/.installed  ## run the offline services and print what a terminal must export
	@$(PYTHON_BIN) -m autograder.services

notebooks: .venv/.installed  ## build course/ and solutions/ notebooks from solutions/*.md
	$(PYTHON_BIN) -m autograder.notebooks build

expectations: .venv/.installed  ## record what the solutions produce, for the checks
	$(PYTHON_BIN) -m autograder.notebooks record

mistakes: .venv/.installed  ## judge every known answer and print how; SEEDS=3: on 3 fresh patches as well
	@$(PYTHON_BIN) -m autograder.notebooks mistakes
	$(if $(SEEDS),@$(PYTHON_BIN) -m autograder.grading.worlds $(SEEDS))

fixtures: .venv/.installed  ## simulate the practice patches and their world again
	$(PYTHON_BIN) -m autograder.patches

rehearse: .venv/.installed  ## grade your own notebooks, as saved: make rehearse [NOTEBOOKS="folder …"]
	@cd -- "$$CALLED_FROM" && "$(CURDIR)/$(PYTHON_BIN)" -P -m autograder.rehearsal $(REHEARSE) $(NOTEBOOKS)

grade: .venv/.installed  ## score notebooks: make grade SUBMITTED=folder RESULTS=folder [SCHEDULER=tcp://…]
	@$(RUN_GRADER)

regrade: .venv/.installed  ## score again: make regrade STUDENT=name SUBMITTED=… RESULTS=… (all: ALL=1 [YES=1])
	@$(RUN_GRADER) $(if $(ALL),--regrade $(if $(YES),--yes)) $(if $(STUDENT),--student "$$STUDENT")

# The values come through the environment, so that no name of a folder is read as shell.
define RUN_GRADER
case $$SUBMITTED in /*) ;; *) SUBMITTED=$$CALLED_FROM/$$SUBMITTED ;; esac; \
case $$RESULTS in /*) ;; *) RESULTS=$$CALLED_FROM/$$RESULTS ;; esac; \
case $$NAMES in /*|'') ;; *) NAMES=$$CALLED_FROM/$$NAMES ;; esac; \
$(PYTHON_BIN) -m autograder.grading $(GRADE) $${NAMES:+--names "$$NAMES"} \
	--scheduler "$$SCHEDULER" "$$SUBMITTED" "$$RESULTS"
endef
WITH_SUBMITTED := grade regrade
OF_STUDENT := regrade appeal forget
OF_RESULTS := $(WITH_SUBMITTED) $(OF_STUDENT) gradebook export similar drafts
asked = $(filter $($(1)),$(MAKECMDGOALS))
ifneq ($(call asked,OF_RESULTS),)
$(if $(and $(RESULTS),$(if $(call asked,WITH_SUBMITTED),$(SUBMITTED),x),$(if $(call \
	asked,OF_STUDENT),$(STUDENT)$(if $(filter regrade,$(MAKECMDGOALS)),$(ALL)),x),$(if \
	$(filter appeal,$(MAKECMDGOALS)),$(EXERCISE),x)),,$(error \
	Usage: make grade SUBMITTED=folder RESULTS=folder, make regrade STUDENT=name|ALL=1 SUBMITTED=… \
	RESULTS=…, make gradebook|export|similar|drafts RESULTS=…, make forget STUDENT=name RESULTS=…, make \
	appeal STUDENT=name EXERCISE=number RESULTS=…))
endif
ifneq ($(call asked,OF_RESULTS)$(filter rehearse,$(MAKECMDGOALS)),)
# Folders count from where make was called, which is PWD where -C moved it. Whether it did, only its
# own arguments tell: the flags that it shows differ from version to version, and are inherited.
OWN_ARGUMENTS = tr '\0' '\n' <"/proc/$$PPID/cmdline" || ps -o args= -p "$$PPID" | tr ' ' '\n'
GIVEN_C := $(shell { $(OWN_ARGUMENTS); } 2>/dev/null | grep -E '^(-[bBdehikLmnpqrRsStvw]*C|--di)')
CALLED_FROM := $(if $(GIVEN_C),$(PWD),$(CURDIR))
export SUBMITTED RESULTS STUDENT EXERCISE NAMES SCHEDULER CALLED_FROM
endif

RESULTS_FROM_HERE = case $$RESULTS in /*) ;; *) RESULTS=$$CALLED_FROM/$$RESULTS ;; esac;

define WITH_RESULTS
$(RESULTS_FROM_HERE) \
case $$NAMES in /*|'') ;; *) NAMES=$$CALLED_FROM/$$NAMES ;; esac; \
$(PYTHON_BIN) -m autograder.grading.afterwards
endef

export: .venv/.installed  ## write points for Moodle, Canvas, spreadsheets: make export RESULTS=…
	@$(WITH_RESULTS) export $${NAMES:+--names "$$NAMES"} "$$RESULTS"

similar: .venv/.installed  ## show submissions that share unusual lines: make similar RESULTS=…
	@$(WITH_RESULTS) similar "$$RESULTS"

appeal: .venv/.installed  ## show one exercise: make appeal STUDENT=name EXERCISE=3 RESULTS=…
	@$(WITH_RESULTS) appeal "$$RESULTS" "$$STUDENT" "$$EXERCISE"

forget: .venv/.installed  ## remove a learner from the results: make forget STUDENT=name RESULTS=…
	@$(WITH_RESULTS) forget "$$RESULTS" "$$STUDENT"

gradebook: .venv/.installed  ## open graded results in nbgrader's formgrader: make gradebook RESULTS=… [LAB=…]
	@$(RESULTS_FROM_HERE) \
	[ -f "$$RESULTS/gradebook.db" ] || { echo "$$RESULTS holds no gradebook: run make grade" >&2; exit 1; }; \
	here=$$(pwd -P) && cd "$$RESULTS" && PATH=$$here/.venv/bin:$$PATH && export PATH && \
	exec "$$here/$(PYTHON_BIN)" -m jupyterlab --LabApp.default_url=/formgrader $(LAB)

drafts: .venv/.installed  ## draft a mistake for each group of answers without a name: make drafts RESULTS=…
	@$(WITH_RESULTS) drafts "$$RESULTS"

attacks: .venv/.installed  ## grade hostile submissions among honest ones, and print what each gained
	@$(PYTHON_BIN) -m tests.grading.attacks

benchmark: .venv/.installed  ## measure start-up, services, checks, imports and grading
	@$(PYTHON_BIN) -m tests.benchmarks

lint: .venv/.installed  ## check style, types, imports, dead code, and that exercises are whole, only
	$(PYTHON_BIN) -m ruff check .
	$(PYTHON_BIN) -m ruff format --check .
	$(PYTHON_BIN) -m mypy
	$(PYTHON_BIN) -m deptry autograder utils solutions
	$(PYTHON_BIN) -m deptry tests --exclude 'tests/checks/known_answers/(answers|brief)' --ignore DEP002,DEP004
	$(PYTHON_BIN) -m vulture
	.venv/bin/lint-imports --no-logo --no-cache
	$(PYTHON_BIN) -m autograder.notebooks lint

pins:  ## choose new versions for constraints.txt from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo 'make pins needs uv: pip install uv' >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --fork-strategy fewest --all-extras --upgrade \
		--no-emit-index-url --quiet --custom-compile-command "make pins" \
		pyproject.toml --output-file constraints.txt

clean:  ## remove the environment and everything made while working
	rm -rf .venv build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The stamp holds the folder for which .venv was made: packages refer to it by its full path.
.venv/.installed: pyproject.toml constraints.txt .ci/environment.sh $(if $(shell \
		[ -x $(PYTHON_BIN) ] && [ "`cat .venv/.installed 2>&1`" = "`pwd -P`" ] || echo x),moved)
	$(eval OBSTACLE := $(shell sh .ci/environment.sh obstacle))
	$(if $(OBSTACLE),$(error $(OBSTACLE)))
	@sh .ci/environment.sh
