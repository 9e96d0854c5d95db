# Two commands are enough: `make demo` and `make test`. Both set everything up first.

VENV   := .venv/bin
PYTHON ?= python3
# Each worker is a process with folders of its own; who runs out of tests takes over half of another's.
ALL_CORES := -n auto --maxprocesses 4 --dist worksteal

.PHONY: tour help setup demo test test-long lint format bench test-without-qt clean

help:
	@echo "make demo   建立环境并演示全部主要工作（结果在 build/demo/） / set up and do the whole job on a sample"
	@echo "make test   建立环境并运行全部检查和测试 / set up, then run all checks and tests"
	@echo "make test-long 几百次杀掉程序、让每一次写盘都失败一遍 / kill the program hundreds of times, fail every write in turn"
	@echo "make setup  只建立环境 .venv / only set up .venv"
	@echo "make lint   ruff、mypy、import-linter"
	@echo "make bench  速度测量 / measure speed"
	@echo "make clean  删除环境和生成的文件 / remove the environment and everything made"

setup:
	@$(PYTHON) tools/setup.py

demo: setup
	@$(VENV)/python tools/demo.py

test:
	@$(PYTHON) tools/setup.py --tests
	@$(MAKE) --no-print-directory lint-checks
	$(VENV)/python -m pytest $(ALL_CORES)

test-long: setup
	$(VENV)/python -m pytest -m long -s

# The pictures of the manual: a day's work typed anew by a script.
tour: setup
	$(VENV)/python tools/tour.py

# Every room but gui works where PySide6 is not installed; this shows it in an environment without.
test-without-qt: setup
	@$(VENV)/python tools/test_without_qt.py $(ALL_CORES)

lint: setup
	@$(MAKE) --no-print-directory lint-checks

.PHONY: lint-checks
lint-checks:
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports

format: setup
	$(VENV)/ruff check --fix-only --quiet .
	$(VENV)/ruff format .

bench: setup
	$(VENV)/python -m pytest tests/bench -m bench -s

clean:
	rm -rf .venv .venv-noqt build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find xinfang_desk tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
