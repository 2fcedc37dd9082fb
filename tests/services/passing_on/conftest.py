"""A gate to a little internet, and one to a second instance of the services."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests
import trustme

from autograder.patches import PRACTICE, World
from autograder.services import Services
from autograder.services.lifetime.instance import Instance
from autograder.services.passing_on.live import Live
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from autograder.surroundings.outside import Outside
from tests.services.passing_on.outside_world import COMPANY, CompanyProxy, OddService
from utils.reference import CATALOG_URL, LABEL_URL, NUTS_URL, S3_HOST, TOKEN_URL

HOSTS = [urlsplit(url).netloc for url in (TOKEN_URL, CATALOG_URL, LABEL_URL, NUTS_URL)] + [S3_HOST]
ODD = "odd.example"
UNTRUSTED, NOWHERE = "untrusted.example", "nowhere.example"
LOGIN = "us%65r:p%40ssword-of-the-proxy"
"""User and password of the company's proxy, as they stand in a URL."""


class Gate(Instance):
    """A gate in this process, which passes on to some hosts."""

    def __init__(self, hosts: list[str], variables: dict[str, str]) -> None:
        outside = Outside.of(variables)
        demonstration = (CLIENT_ID, CLIENT_SECRET)
        super().__init__(World.load(PRACTICE), live=Live(hosts, outside, demonstration))

    def client(self) -> requests.Session:
        """A client that knows no other way than through this gate."""
        client = requests.Session()
        client.trust_env = False
        client.verify = str(self.bundle)
        client.proxies = {"https": self.environment["https_proxy"]}
        return client

    @property
    def journal(self) -> list[dict[str, object]]:
        return self.session.journal.requests()


@pytest.fixture(scope="session")
def odd_service() -> Iterator[OddService]:
    with closing(OddService(ODD)) as service:
        yield service


@pytest.fixture(scope="session")
def company(odd_service: OddService) -> Iterator[CompanyProxy]:
    with closing(OddService(UNTRUSTED, trustme.CA())) as stranger:
        ways = {ODD: odd_service.port, UNTRUSTED: stranger.port}
        with closing(CompanyProxy(ways, "user:p@ssword-of-the-proxy")) as proxy:
            proxy.url = proxy.url.replace("user:p@ssword-of-the-proxy", LOGIN)
            yield proxy


@pytest.fixture(scope="session")
def company_gate(company: CompanyProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    authority = tmp_path_factory.mktemp("company") / "company.pem"
    authority.write_bytes(COMPANY.cert_pem.bytes())
    variables = {"HTTPS_PROXY": company.url, "SSL_CERT_FILE": str(authority)}
    with closing(Gate([ODD, UNTRUSTED, NOWHERE], variables)) as gate:
        yield gate


@pytest.fixture
def gate(company_gate: Gate) -> Iterator[Gate]:
    """The gate to the little internet, with an empty journal; it fails at nothing."""
    company_gate.session.journal.clear()
    yield company_gate
    assert list(company_gate.session.failures) == []


@pytest.fixture
def odd(odd_service: OddService) -> OddService:
    """The service, with nothing heard."""
    odd_service.heard, odd_service.bodies = [], []
    odd_service.left.clear()
    return odd_service


@pytest.fixture
def tunnel(gate: Gate) -> Iterator[ssl.SSLSocket]:
    """A connection to the odd service through the gate, for bytes as they are."""
    plain = socket.create_connection(("127.0.0.1", gate.port), timeout=10)
    plain.sendall(f"CONNECT {ODD}:443 HTTP/1.1\r\n\r\n".encode())
    assert plain.recv(1000).startswith(b"HTTP/1.1 200 ")
    context = ssl.create_default_context(cafile=str(gate.bundle))
    with context.wrap_socket(plain, server_hostname=ODD) as secure:
        yield secure


@pytest.fixture(scope="session")
def live_gate(running: Services) -> Iterator[Gate]:
    """A gate to a second instance of the services: all the internet that there is."""
    with closing(Gate(HOSTS, running.environment)) as gate:
        yield gate
