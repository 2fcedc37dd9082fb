"""Run each benchmark module of this folder: ``python -m tests.benchmarks [name …]``.

Each runs in a process of its own: what one has imported or opened helps or hinders no other.
"""

import pkgutil
import subprocess
import sys

import tests.benchmarks

ON_REQUEST = {"thousand"}
"""Modules that run only when they are named: they take very long."""


def main(names: list[str]) -> None:
    """Print the measurements of the modules named, or of all that take minutes."""
    modules = {module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__)}
    usual = {name for name in modules - ON_REQUEST if not name.startswith("_")}
    for name in sorted(names or usual):
        print(f"## {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=True)
        print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
