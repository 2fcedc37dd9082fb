"""Files that anybody may read: patches, as an object store serves them, and the NUTS outlines."""

from urllib.parse import parse_qs, quote
from xml.sax.saxutils import escape

from autograder.patches import World
from autograder.services.cache import cached
from autograder.services.http.request_response import Request, RequestRefused, Response
from autograder.services.http.static_files import ServedFile
from utils.reference import NUTS_URL, PROJECT_BUCKET, S3_HOST

_BUCKET_URL = f"https://{S3_HOST}/{PROJECT_BUCKET}/"
_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class PublicPatches:
    """The patches of a world under their URLs. Decoded once, then cached (7 MB each)."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, request: Request) -> Response | None:
        """The patch, the range of it, or the list of patches that is asked for.

        Returns:
            None where none of these is asked for.
        """
        url = f"https://{S3_HOST}{request.path}"
        if url in self._world.patches and request.method in {"GET", "HEAD"}:
            return self._file(url).answer(request)
        if request.path.strip("/") == PROJECT_BUCKET and request.method == "GET":
            return _list_objects(PROJECT_BUCKET, self.sizes(), request.parts.query)
        return None

    def sizes(self) -> dict[str, int]:
        """Size in bytes of each patch by its key in the project's bucket."""
        return {
            url.removeprefix(_BUCKET_URL): len(self._file(url).content)
            for url in self._world.patches
            if url.startswith(_BUCKET_URL)
        }

    def _file(self, url: str) -> ServedFile:
        world = self._world
        return cached(
            world.patches[url], url, lambda: ServedFile(world.patch_bytes(url), "image/tiff")
        )


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
