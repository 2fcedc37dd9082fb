"""Attacks on those who look on, and on what they look at."""

from tests.grading.attacks.attack import Attack

DEEP_OBJECT = """
from utils import get_file_system

fs = get_file_system()
attempt("an object deep in folders", lambda: fs.pipe_file("my-bucket/" + "a/" * 505 + "x", b"x"))
"""

STACK = """
def take():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mremap.restype = ctypes.c_void_p
    libc.mremap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    name = ctypes.POINTER(ctypes.c_void_p).in_dll(libc, "program_invocation_name")
    page = ctypes.cast(name, ctypes.c_void_p).value & ~4095
    if libc.mremap(page, 4096, 8_000_000_000, 1) == 2**64 - 1:
        raise OSError(os.strerror(ctypes.get_errno()))
    return "8 GB"

attempt("a stack that grows elsewhere", take)
"""

ATTACKS = [
    Attack(
        "hang",
        "deep object",
        "An object so deep in folders that the grader fails, and somebody looks for full marks.",
        {10: DEEP_OBJECT},
        honest=(3, 6),
    ),
    Attack(
        "exhaust",
        "moved stack",
        "Memory that counts as a stack.",
        {4: STACK},
        honest=(3, 5, 6),
        says=("Cannot allocate memory",),
    ),
]
