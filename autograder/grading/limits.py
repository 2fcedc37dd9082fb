"""What a submission may use."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Limits on one submission; each is far above what an honest one uses.

    Attributes:
        memory: Bytes of memory of a process. Each notebook has one, one after the other.
        disk: Bytes in the submission's folder.
        files: Files and folders in that folder.
        threads: Threads of a process at a time.
        open_files: Files that a process has open at a time.
        cell_seconds: Seconds that one cell may run. Waiting counts, and so does all that its
            threads compute; what it waits for a busy processor does not.
        between_seconds: Seconds that the submission may take beyond its cells: to begin, to hand
            over evidence, to be judged.
        total_seconds: Seconds from the start until the last notebook has ended, judging included.
        output: Characters of output that a notebook may show.
        uploads: Bytes that the submission may store in its buckets.
    """

    memory: int = 2 * GIGABYTE
    disk: int = 200 * MEGABYTE
    files: int = 2_000
    threads: int = 64
    open_files: int = 256
    cell_seconds: float = 120.0
    between_seconds: float = 30.0
    total_seconds: float = 600.0
    output: int = 10 * MEGABYTE
    uploads: int = 200 * MEGABYTE
