"""ListObjects and ListObjectsV2 over a fixed set of public objects."""

from urllib.parse import parse_qs, quote
from xml.sax.saxutils import escape

from autograder.services.http.request_response import Response

_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


def list_objects(bucket: str, sizes: dict[str, int], query: str) -> Response:
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
