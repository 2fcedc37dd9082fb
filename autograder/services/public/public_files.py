"""Files that anybody may read: patches and labels, as an object store has them, and outlines."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote
from xml.sax.saxutils import escape

from autograder.patches import World
from autograder.patches.tile_index import INDEXED
from autograder.services.cache import cached
from autograder.services.http.request_response import Request, RequestRefused, Response
from autograder.services.http.static_files import ServedFile
from autograder.services.public import tiles_on_demand
from utils.reference import (
    EVENT_BUCKET,
    EVENT_LABEL_KEY,
    EVENT_PATCH_KEY,
    LABEL_KEY,
    NUTS_URL,
    PATCH_KEY,
    PROJECT_BUCKET,
    S3_HOST,
)

PUBLIC_BUCKETS = (PROJECT_BUCKET, EVENT_BUCKET)
_PATCH = re.compile(PATCH_KEY.replace("{", "(?P<").replace("}", ">[^/]+)"))
_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class PublicFiles:
    """Patches and labels of a world under their URLs. Decoded once, then cached (7 MB a patch).

    A world may serve every tile of the index too.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: dict[str, tuple[Path, Callable[[], ServedFile]]] = {}
        for url, path in world.patches.items():
            self._add_patch(url, path)

    def _add_patch(self, url: str, path: Path) -> None:
        """Enter a patch and its labels, where the project keeps them and where the event did."""
        world = self._world

        def patch() -> ServedFile:
            return ServedFile(world.patch_bytes(url), "image/tiff")

        self._files[url] = path, patch
        project, event = (f"https://{S3_HOST}/{bucket}/" for bucket in PUBLIC_BUCKETS)
        named = _PATCH.fullmatch(url.removeprefix(project))
        if named is None:
            return
        fields = named.groupdict()
        years = {fields["year"]}
        if world.on_demand:  # in the index it has the same pixels in each year
            years |= set(map(str, INDEXED.get(fields["nuts"], ())))
        for year in years:
            fields["year"] = year
            self._files[project + PATCH_KEY.format(**fields)] = path, patch
            self._files[event + EVENT_PATCH_KEY.format(**fields)] = path, patch
        for year, labels in world.labels.items():
            for label in labels:
                if label.stem == path.stem:
                    fields["year"] = str(year)
                    served = label, lambda label=label: tiles_on_demand.as_array(label)
                    self._files[project + LABEL_KEY.format(**fields)] = served
                    self._files[event + EVENT_LABEL_KEY.format(**fields)] = served

    def answer(self, request: Request) -> Response | None:
        """The file, the range of it, or the list of files that is asked for.

        Returns:
            None where none of these is asked for.
        """
        url = f"https://{S3_HOST}{request.path}"
        if url in self._files and request.method in {"GET", "HEAD"}:
            return self.file(url).answer(request)
        bucket, _, key = request.path.strip("/").partition("/")
        if self._world.on_demand and key and request.method in {"GET", "HEAD"}:
            made = tiles_on_demand.find(bucket, key)
            return made.answer(request) if made else None
        if not key and bucket in PUBLIC_BUCKETS and request.method == "GET":
            return _list_objects(bucket, self._sizes(bucket), request.parts.query)
        return None

    def file(self, url: str) -> ServedFile:
        """The file under a URL.

        Raises:
            KeyError: There is none.
        """
        path, read = self._files[url]
        return cached(path, "served", read)

    def _sizes(self, bucket: str) -> dict[str, int]:
        """Size in bytes of each file by its key in a bucket."""
        start = f"https://{S3_HOST}/{bucket}/"
        made = dict(tiles_on_demand.sizes(bucket)) if self._world.on_demand else {}
        return made | {
            url.removeprefix(start): len(self.file(url).content)
            for url in self._files
            if url.startswith(start)
        }


class NutsOutlines:
    """The one file of GISCO, Eurostat's geographical service, that the course reads."""

    def __init__(self, world: World) -> None:
        self._outlines = cached(
            world.nuts, "", lambda: ServedFile(world.nuts.read_bytes(), "application/geo+json")
        )

    def answer(self, request: Request) -> Response:
        """Answer a request to the GISCO host.

        Raises:
            RequestRefused: It asks for another file, or not with GET or HEAD.
        """
        if request.method not in {"GET", "HEAD"}:
            raise RequestRefused("Method Not Allowed", 405)
        if request.url.partition("?")[0] != NUTS_URL:
            raise RequestRefused(f"Not Found: offline only {NUTS_URL} is served", 404)
        return self._outlines.answer(request)


def _list_objects(bucket: str, sizes: dict[str, int], query: str) -> Response:
    """The objects of a bucket under ``prefix``, grouped at ``delimiter``, in one page.

    Args:
        bucket: Name of the bucket.
        sizes: Size in bytes of each object by key.
        query: Query of the request; ``list-type=2`` asks for the newer form.
    """
    options = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    prefix, delimiter = options.get("prefix", ""), options.get("delimiter", "")
    encode = quote if options.get("encoding-type") == "url" else escape
    contents: list[str] = []
    folders: dict[str, None] = {}
    for key, size in sorted(sizes.items()):
        if not key.startswith(prefix):
            continue
        head, found, _ = key[len(prefix) :].partition(delimiter) if delimiter else ("", "", "")
        if found:
            folders[f"{prefix}{head}{found}"] = None
            continue
        contents.append(
            f"<Contents><Key>{encode(key)}</Key><LastModified>2025-01-01T00:00:00.000Z"
            f"</LastModified><ETag>&quot;{size:032x}&quot;</ETag><Size>{size}</Size>"
            "<StorageClass>STANDARD</StorageClass></Contents>"
        )
    grouped = "".join(
        f"<CommonPrefixes><Prefix>{encode(folder)}</Prefix></CommonPrefixes>" for folder in folders
    )
    count = len(contents) + len(folders)
    newer = f"<KeyCount>{count}</KeyCount>" if options.get("list-type") == "2" else "<Marker/>"
    encoding = "<EncodingType>url</EncodingType>" if encode is quote else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ListBucketResult xmlns="{_NAMESPACE}"><Name>{escape(bucket)}</Name>'
        f"<Prefix>{encode(prefix)}</Prefix>{newer}<MaxKeys>1000</MaxKeys>"
        f"<Delimiter>{encode(delimiter)}</Delimiter>{encoding}<IsTruncated>false</IsTruncated>"
        f"{''.join(contents)}{grouped}</ListBucketResult>"
    )
    return Response(200, text.encode(), {"Content-Type": "application/xml"})
