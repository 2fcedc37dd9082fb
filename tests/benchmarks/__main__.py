"""Run each benchmark module of this folder: ``python -m tests.benchmarks [name …]``."""

import importlib
import pkgutil
import sys

import tests.benchmarks


def main(names: list[str]) -> None:
    """Print the measurements of the modules named, or of all."""
    modules = [module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__)]
    for name in sorted(names or [name for name in modules if not name.startswith("_")]):
        print(f"## {name}", flush=True)
        importlib.import_module(f"tests.benchmarks.{name}").main()
        print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
