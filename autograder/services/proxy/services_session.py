"""One session: a world, and all the state that requests leave behind.

Sessions of a process share what was read from the files of a world (`cache`), and nothing else.
"""

import traceback
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from autograder.patches import World
from autograder.services.http.heard import Heard
from autograder.services.http.request_response import (
    BadRequest,
    Request,
    RequestRefused,
    Response,
    text_response,
)
from autograder.services.journal import Journal, Secrets, public_body, public_headers
from autograder.services.patience import is_short
from autograder.services.proxy.faults import Faults, misbehave
from autograder.services.public import geocoder
from autograder.services.public.imageserver import ImageServer
from autograder.services.public.public_files import NutsOutlines, PublicFiles
from autograder.services.sentinelhub.catalog import Catalog
from autograder.services.sentinelhub.process import Process
from autograder.services.sentinelhub.refusals import CatalogRefused
from autograder.services.sentinelhub.token import Tokens
from autograder.services.storage.buckets import Buckets
from autograder.services.storage.object_store import ObjectStore
from utils.reference import (
    CATALOG_URL,
    GEOCODER_URL,
    LABEL_URL,
    NUTS_URL,
    PROCESS_URL,
    S3_HOST,
    TOKEN_URL,
)

if TYPE_CHECKING:
    from autograder.services.passing_on.live import Live

POLL_INTERVAL = 0.2
"""Seconds between looks at whether who waits is still there."""


def _host(url: str) -> str:
    return urlsplit(url).netloc


class Session:
    """The services as one learner, or one submission, sees them.

    Args:
        world: What is served.
        folder: Where the folder for the buckets is made; the session removes neither.
        run_folder: Folder for sockets and logs, removed in the end; its path must be short.
        uploads: Bytes that may be uploaded in all; None for any number.
        live: Where some requests are passed on to real services; None where all are answered here.

    Attributes:
        environment: Variables that send a client here; set by whoever opens the port.
        mend: Makes removed files anew; set by whoever made them.
        live: The requests that are passed on, if any.
        faults: What is switched on to fail.
        failures: Tracebacks of our own mistakes, latest last. A sound run leaves it empty.
        journal: The requests that were sent.
        buckets: The objects that were uploaded.
        store: The object storage.
    """

    def __init__(
        self,
        world: World,
        folder: Path,
        run_folder: Path,
        uploads: int | None = None,
        live: "Live | None" = None,
    ) -> None:
        self.world = world
        self.folder = folder
        self.live = live
        self.environment: dict[str, str] = {}
        self.failures: deque[str] = deque(maxlen=20)
        self._shortage = ""
        self.journal = Journal()
        self.faults = Faults()
        self._secrets = Secrets()
        if live and live.outside.client:
            self._secrets.learn(live.outside.client[1])
        self.buckets = Buckets(folder / "buckets")
        self.mend: Callable[[], None] = self.buckets.make
        self.store = ObjectStore(PublicFiles(world).answer, self.buckets, run_folder, uploads)
        # One request computes at a time, always in this thread: GDAL opens PROJ's database anew
        # in each.
        self._worker = ThreadPoolExecutor(1)
        tokens = Tokens()
        catalog = Catalog(world.catalogue, tokens)
        self._sentinel_hub = {
            CATALOG_URL: catalog.answer,
            PROCESS_URL: Process(world, catalog, tokens).answer,
        }
        self._hosts: dict[str, Callable[[Request], Response]] = {
            _host(TOKEN_URL): tokens.answer,
            _host(CATALOG_URL): self._answer_sentinel_hub,
            S3_HOST: self.store.answer,
            _host(GEOCODER_URL): geocoder.answer,
            _host(NUTS_URL): NutsOutlines(world).answer,
            _host(LABEL_URL): ImageServer(world).answer,
        }

    @property
    def shortage(self) -> str:
        """What the machine lacked when an answer failed; empty where nothing did."""
        return self._shortage or self.store.shortage

    @property
    def hosts(self) -> list[str]:
        """Names of the hosts that are served."""
        passed_on = self.live.hosts if self.live else ()
        return list(dict.fromkeys([*self._hosts, *passed_on]))

    def answer(self, request: Request) -> Response:
        """Answer one request to any served host; a failure of ours becomes status 500.

        Raises:
            BadRequest: It is not HTTP as we speak it.
            ConnectionError: The client has left.
        """
        host = request.parts.netloc
        try:
            if self.live and host in self.live.hosts:
                return self.live.answer(request)
            if fault := self.faults.of_request(request):
                if host != S3_HOST:
                    _ = request.body
                return misbehave(fault, request, self._replay)
            return self._replay(request)
        except (ConnectionError, BadRequest):
            raise
        except RequestRefused as refused:
            return refused.response()
        except Exception as error:
            if is_short(error):
                self._shortage = f"{type(error).__name__}: {error}"
            self.failures.append(traceback.format_exc())
            kind = type(error).__name__  # its text may name our own folders
            return text_response(500, f"The offline service failed ({kind}). Tell your teacher.")

    def _replay(self, request: Request) -> Response:
        """The answer of the world."""
        host = request.parts.netloc
        if host == S3_HOST:  # uploads are passed on piece by piece
            return self.store.answer(request)
        _ = request.body
        return self._compute(self._hosts[host], request)

    def _compute(self, answer: Callable[[Request], Response], request: Request) -> Response:
        """What `answer` returns, when the requests before this one are answered."""
        computing = self._worker.submit(answer, request)
        while not wait([computing], POLL_INTERVAL).done:
            if request.client_left() and computing.cancel():
                raise ConnectionResetError("the client left before its turn")
        return computing.result()

    def record(self, request: Request, response: Response, started: float, heard: Heard) -> None:
        """Write a request and its answer into the journal.

        Args:
            request: The request, answered.
            response: Its answer.
            started: When the answer began, in seconds since 1970.
            heard: What was noted of the answer's body as it was sent.
        """
        strict = request.parts.netloc == _host(TOKEN_URL)
        self._secrets.learn_from(request.headers, request.body_if_read)
        body = heard.body
        self._secrets.learn_from({}, body if strict else None)
        hide = self._secrets.hide
        self.journal.record(
            started,
            request.method,
            hide(request.url) or "",
            {
                "headers": self._public_headers(request.headers),
                "body": hide(
                    public_body(
                        request.body_if_read, request.headers.get("Content-Type", ""), strict
                    )
                ),
            },
            {
                "status": response.status,
                "headers": self._public_headers(response.headers),
                "body": hide(public_body(body, response.headers.get("Content-Type", ""), strict)),
                "size": heard.size,
                "sha256": heard.sha256,
            },
        )

    def _public_headers(self, headers: Message | Mapping[str, str]) -> dict[str, str]:
        shown = public_headers(headers)
        return {name: self._secrets.hide(value) or "" for name, value in shown.items()}

    def make_ready(self) -> None:
        """Make removed files anew, and start the storage if it does not run.

        Raises:
            CourseError: The storage does not start, or the files cannot be made.
            OSError: Nothing can be written there.
        """
        self.mend()
        self.store.demand()

    def reset(self) -> None:
        """Clear the journal and the buckets, and switch all faults off."""
        self.faults.clear()
        self.store.reset()
        self.journal.clear()

    def close(self) -> None:
        """Stop what runs for this session."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        self.store.close()

    def _answer_sentinel_hub(self, request: Request) -> Response:
        service = self._sentinel_hub.get(request.url.partition("?")[0])
        if service is None:
            raise CatalogRefused(f"Not Found: {request.path}", 404)
        return service(request)
