"""One running instance: a session behind a proxy on its own port."""

import contextlib
import os
import shutil
import stat
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from autograder.patches import World
from autograder.services.http.certificates import Authority
from autograder.services.proxy.control import CONTROL_PATH
from autograder.services.proxy.server import ProxyServer
from autograder.services.proxy.services_session import Session
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from autograder.services.storage.object_store import ObjectStore
from autograder.surroundings import SETTLED
from autograder.surroundings.outside import CLIENT, CONTROL, LIVE
from utils.errors import CourseError
from utils.reference import S3_HOST, TOKEN_URL

if TYPE_CHECKING:
    from autograder.services.passing_on.live import Live

NOT_PROXIED = "127.0.0.1,localhost"

MAX_PARENT_LENGTH = 70
"""Longest path of the folder for temporary folders: paths of Unix sockets end at 104 characters."""


def proxy_environment(port: int, bundle: Path) -> dict[str, str]:
    """Variables that send every client through the proxy and make it trust the answers.

    requests, urllib, libcurl (GDAL) and botocore each look at others. What a shell may have set
    is overwritten in both spellings, because it would win silently; so would files in the home
    folder.
    """
    proxy = f"http://127.0.0.1:{port}"
    proxies = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
    bundles = (
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "AWS_CA_BUNDLE",
        "GDAL_CURL_CA_BUNDLE",
        "PROJ_CURL_CA_BUNDLE",
    )
    return {
        **SETTLED,
        **dict.fromkeys(proxies, proxy),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), NOT_PROXIED),
        **dict.fromkeys(bundles, str(bundle)),
    }


class Instance:
    """Starts a session and its proxy; `close` ends both and removes what they left on disk.

    Fork no process while it is open: connections would stay open with it.

    Args:
        world: What is served.
        state: Folder for the buckets, which stays; None for one that is removed.
        scratch: Where the temporary folder is made; None for the system's own place.
        control: Whether the port also answers who asks about the session. Without it, clients
            learn nothing of journal, objects and folders; `session` still holds them.
        only_own_authority: Trust nobody but these services. Reading the public authorities too
            takes clients some 20 ms with every connection.
        uploads: Bytes that may be uploaded in all; None for any number.
        live: Where some requests are passed on to real services; None where all are answered here.

    Attributes:
        session: What is served, with the journal and the buckets.
        environment: Variables that send a process's clients here.
        bundle: File with the authorities that clients are to trust.
        folder: Temporary folder, removed in the end however this process ends.

    Raises:
        CourseError: There is no rclone.
    """

    def __init__(
        self,
        world: World,
        state: Path | None = None,
        *,
        scratch: Path | None = None,
        control: bool = True,
        only_own_authority: bool = False,
        uploads: int | None = None,
        live: "Live | None" = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="course-services-", dir=_short(scratch)))
        self.bundle = self.folder / "authorities.pem"
        with contextlib.ExitStack() as undo:
            undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
            state = state or self.folder / "state"
            self.session = Session(world, state, self.folder, uploads=uploads, live=live)
            undo.callback(self.session.close)
            authority = Authority([host.partition(":")[0] for host in self.session.hosts])
            self._authorities = authority.bundle(only_own=only_own_authority)
            if live:  # whose tunnels to other hosts end at a company's own authority
                files = (path for path in live.outside.authorities if path.is_file())
                self._authorities += b"".join(b"\n" + path.read_bytes() for path in files)
            self.bundle.write_bytes(self._authorities)
            self._proxy = ProxyServer(self.session, authority.context, control)
            undo.pop_all()
        passed_on = live.hosts if live else frozenset()
        self.environment = proxy_environment(self._proxy.port, self.bundle)
        if S3_HOST not in passed_on:
            self.environment |= ObjectStore.environment()
        if urlsplit(TOKEN_URL).netloc not in passed_on:
            self.environment |= dict(zip(CLIENT, (CLIENT_ID, CLIENT_SECRET), strict=True))
        if passed_on:
            self.environment[LIVE] = " ".join(sorted(passed_on))
        if control:
            self.environment[CONTROL] = f"http://127.0.0.1:{self._proxy.port}{CONTROL_PATH}"
            self.environment["COURSE_WORLD"] = str(world.folder)
        self.session.environment = self.environment
        self.session.mend = self.mend
        self._proxy.start()

    @property
    def port(self) -> int:
        """The port on this computer that clients are sent to."""
        return self._proxy.port

    def start_storage(self) -> None:
        """Start in the background what is otherwise started by the first use of the storage."""
        self._starting = threading.Thread(target=self.session.store.start, daemon=True)
        self._starting.start()

    def storage_failure(self) -> str:
        """Why the storage did not start, after `start_storage`; waits until that is known."""
        self._starting.join()
        return self.session.store.failure

    def mend(self) -> None:
        """Make anew what somebody has removed from the temporary folder, as tidying programs do.

        Everybody who was told of these services can go on; objects that were removed are lost.

        Raises:
            CourseError: Another user has taken the folder's name meanwhile.
            OSError: Nothing can be written there.
        """
        with contextlib.suppress(FileExistsError):
            self.folder.mkdir(mode=0o700, parents=True)
        status = os.lstat(self.folder)
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            raise CourseError(
                f"{self.folder} is not ours any more", "our own folder", "Start the services again"
            )
        if not self.bundle.is_file() or self.bundle.stat().st_size != len(self._authorities):
            self.bundle.write_bytes(self._authorities)
        self.session.buckets.make()

    def wait_until_idle(self, timeout: float = 2.0) -> bool:
        """Wait until all requests are answered, so that journal and buckets are complete.

        Returns:
            Whether that was so within `timeout` seconds.
        """
        return self._proxy.connections.wait_until_idle(self._proxy.socket, timeout)

    def close(self) -> None:
        """Stop serving, stop rclone, remove the temporary folder."""
        self._proxy.close()
        self.session.close()


def _short(folder: Path | None) -> str:
    """A folder whose path is short enough for a socket in it."""
    parent = str(folder or tempfile.gettempdir())
    return parent if len(parent) <= MAX_PARENT_LENGTH else "/tmp"
