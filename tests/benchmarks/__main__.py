"""Run each benchmark module of this folder: ``python -m tests.benchmarks [name …]``.

Each runs in a process of its own: what one has imported or opened helps or hinders no other.
"""

import pkgutil
import subprocess
import sys

import tests.benchmarks


def main(names: list[str]) -> None:
    """Print the measurements of the modules named, or of all."""
    modules = [module.name for module in pkgutil.iter_modules(tests.benchmarks.__path__)]
    for name in sorted(names or [name for name in modules if not name.startswith("_")]):
        print(f"## {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=True)
        print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
