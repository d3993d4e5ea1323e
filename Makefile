# `make demo` and `make test` each do all the set-up they need: Python 3.11 to 3.13, git and make suffice.
PYTHON ?= $(shell for p in python3.12 python3.11 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
READY := $(VENV)/.ready

.PHONY: demo test test-slow test-jax lint release release-check audit attacks fuzz benchmark gpu-pack gpu-check clean help

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found. Set PYTHON=/path/to/python."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(READY)  ## grade a class of ten in the sandbox; leaves a report to look at
	$(BIN)/autograder demo --out demo

# Each process keeps the files that it began: what a file starts, such as a sandbox, is started once.
TEST := $(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

test: $(READY)  ## the test suite (some 15 minutes on 2 cores)
	$(TEST) -m "not slow and not jax"

test-slow: $(READY)  ## the tests that take longer, a hundred kills among them
	$(TEST) -m slow

test-jax: $(READY)  ## the backend-neutral tests on JAX
	$(BIN)/python -m pip install --quiet jax
	KERAS_BACKEND=jax $(BIN)/python -m pytest -m jax

release-check: $(READY)  ## make every release again, and compare it with the one that is committed
	$(BIN)/autograder release --check --rebuild

lint: $(READY)  ## style, types, and whether the release is up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/autograder release --check

release: $(READY)  ## make assignments/ from solutions/
	$(BIN)/autograder release

audit: $(READY)  ## prove the grader: right answers pass, known mistakes are named
	$(BIN)/autograder audit

attacks: $(READY)  ## run every attack against every assignment
	$(BIN)/autograder audit --attacks

FUZZ_SECONDS ?= 60
FUZZED := message answer notebook weights transcript cases name
fuzz: $(READY)  ## search for bytes that the grader stumbles over: FUZZ_SECONDS (60) for each of seven kinds
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	@for target in $(FUZZED); do $(BIN)/python -m tests.fuzz.search $$target $(FUZZ_SECONDS) || exit 1; done

benchmark: $(READY)  ## measure grading, a class of a thousand, the cost model, the comparison of networks, training, the accuracy lane
	$(BIN)/python benchmarks/grading_throughput.py
	$(BIN)/python benchmarks/class_of_a_thousand.py
	$(BIN)/python benchmarks/cost_model.py
	$(BIN)/python benchmarks/network_comparison.py
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/accuracy_lane.py

gpu-pack: $(READY)  ## what a GPU machine without a network needs, in .gpu/ (39 MiB)
	$(BIN)/python benchmarks/pack_gpu.py --to .gpu

gpu-check:  ## the grader on a GPU, in a folder that gpu-pack made (Python 3.12 with JAX for CUDA)
	bash benchmarks/gpu_check.sh

clean:  ## remove what the other commands made, the environment excepted
	rm -rf demo .gpu build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
