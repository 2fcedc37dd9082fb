"""One running instance: a session behind a proxy on its own port."""

import tempfile
import threading
from pathlib import Path

from autograder.patches import World
from autograder.services.certificates import Authority
from autograder.services.control import ROOT
from autograder.services.proxy import ProxyServer
from autograder.services.rclone import Guard
from autograder.services.s3 import ObjectStore
from autograder.services.session import Session

NOT_PROXIED = "127.0.0.1,localhost"

LONGEST_PARENT = 70
"""Longest path of the folder for temporary folders: paths of Unix sockets end at 104 characters."""

STOP_CHECK = 0.1
"""Seconds between looks at whether to stop."""


def proxy_environment(port: int, bundle: Path) -> dict[str, str]:
    """Variables that send every client through the proxy and make it trust the answers.

    requests, urllib, libcurl (GDAL) and botocore each look at others. What a shell may have set
    is overwritten in both spellings, because it would win silently.
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
        **dict.fromkeys(proxies, proxy),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), NOT_PROXIED),
        **dict.fromkeys(bundles, str(bundle)),
    }


class Instance:
    """Starts a session and its proxy; `close` ends both and removes what they left on disk.

    Args:
        world: What is served.
        state: Folder for the buckets, which stays; None for one that is removed.

    Raises:
        CourseError: There is no rclone.
    """

    def __init__(self, world: World, state: Path | None = None) -> None:
        parent = tempfile.gettempdir()
        short = parent if len(parent) <= LONGEST_PARENT else "/tmp"
        run_folder = Path(tempfile.mkdtemp(prefix="course-services-", dir=short))
        self._guard = Guard(folder=run_folder)
        try:
            self.session = Session(world, state or run_folder / "state", run_folder)
            authority = Authority(self.session.hosts)
            bundle = run_folder / "authorities.pem"
            authority.write_bundle(bundle)
            self._proxy = ProxyServer(self.session, authority.context)
        except BaseException:
            self._guard.close()
            raise
        self.session.environment = {
            **proxy_environment(self._proxy.port, bundle),
            **ObjectStore.environment(),
            "COURSE_SERVICES": f"http://127.0.0.1:{self._proxy.port}{ROOT}",
            "COURSE_WORLD": str(world.folder),
        }
        threading.Thread(target=self._proxy.serve_forever, args=(STOP_CHECK,), daemon=True).start()

    def close(self) -> None:
        """Stop serving, stop rclone, remove the temporary folder."""
        self._proxy.shutdown()
        self._proxy.server_close()
        self.session.close()
        self._guard.close()
