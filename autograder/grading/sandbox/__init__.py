"""Shuts a process in before it runs untrusted code, and watches it from outside.

- `missing`: what this system lacks for that
- `die_with_parent`: the process ends with its parent
- `confine`: files, ports, rights, system calls and limits of the current process, for good
- `NetworkBroker`: the only way to the network, to one port of this machine
- `readable_paths`, `clean_environment`, `home_in`: what a submission needs to run
- `Watch`: limits that the kernel does not enforce
- `Usage`: time of its own, and weight beside others
- `remove`: removes a folder, whatever is in it

Inside: `linux` (all ctypes), `enclosure` (`confine`), `calls` and `program` (the filter of system
calls). Landlock is set up by ``landlockpy``; numbers of system calls come from ``system_calls``.
Bindings of libseccomp need its library, which many machines lack; bubblewrap needs user namespaces;
sandlock starts another program instead of confining the running process.
"""

from autograder.grading.sandbox.enclosure import confine
from autograder.grading.sandbox.linux import die_with_parent, missing
from autograder.grading.sandbox.network_broker import NetworkBroker
from autograder.grading.sandbox.places import home_in, readable_paths
from autograder.grading.sandbox.removal import remove
from autograder.grading.sandbox.usage import Usage
from autograder.grading.sandbox.watch import Watch
from autograder.surroundings import ONE_THREAD, clean_environment

__all__ = [
    "ONE_THREAD",
    "NetworkBroker",
    "Usage",
    "Watch",
    "clean_environment",
    "confine",
    "die_with_parent",
    "home_in",
    "missing",
    "readable_paths",
    "remove",
]
