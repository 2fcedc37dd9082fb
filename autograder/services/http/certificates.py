"""The certificate authority that lives as long as one run of the services."""

import ssl
from pathlib import Path

import certifi
import trustme


class Authority:
    """An authority of our own and one certificate for all hosts that are served.

    The authority's key is never written to disk. It is made anew in every run, so trusting it
    opens nothing after the services have stopped.

    Args:
        hosts: Names to certify; ``*.`` stands for one label.
    """

    def __init__(self, hosts: list[str]) -> None:
        self._authority = trustme.CA(organization_name="Satellite course, offline services")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.set_alpn_protocols(["http/1.1"])
        self._authority.issue_cert(*hosts).configure_cert(self.context)

    def bundle(self, only_own: bool = False) -> bytes:
        """The authorities to trust, as PEM: ours, after the public ones (certifi).

        Args:
            only_own: Leave the public ones out.
        """
        public = b"" if only_own else Path(certifi.where()).read_bytes() + b"\n"
        return public + self._authority.cert_pem.bytes()
