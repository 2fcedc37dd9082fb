"""Whether this system can hold a submission at all."""

from autograder.grading.sandbox.kernel import ask_kernel
from autograder.grading.sandbox.program import ARCHITECTURES

LANDLOCK_WITH_PORTS = 4
"""The version of Landlock that knows TCP ports."""


def missing() -> list[str]:
    """What this system lacks for running strangers' code, in words; empty where all is there."""
    kernel = ask_kernel()
    if kernel.system != "Linux":
        return [f"Linux (this is {kernel.system})"]
    lacks = []
    if kernel.landlock == 0:
        lacks.append(
            "Landlock (Linux 6.7 or newer, and `landlock` among the kernel's `lsm=` modules; "
            f"this is Linux {kernel.release}, where it is missing or turned off)"
        )
    elif kernel.landlock < LANDLOCK_WITH_PORTS:
        lacks.append(
            "Landlock with rules for TCP ports "
            f"(Linux 6.7 or newer; this is Linux {kernel.release})"
        )
    if kernel.machine not in ARCHITECTURES:
        known = " or ".join(ARCHITECTURES)
        lacks.append(f"a processor whose system calls are known ({known}, not {kernel.machine})")
    elif not kernel.seccomp:
        lacks.append("filters of system calls (seccomp), which this system does not let a user set")
    return lacks
