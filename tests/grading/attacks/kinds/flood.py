"""Attacks on the time and memory of the grader and its services."""

from tests.grading.attacks.attack import Attack
from tests.grading.attacks.kinds.forge import FIND_WIRE

REQUESTS = """
import http.client, os, time

print("ATTEMPTED a flood of requests", flush=True)
port = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])
until, count = time.time() + 2, 0
while time.time() < until:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "http://gisco-services.ec.europa.eu/x" + "y" * 3_000)
    connection.getresponse().read()
    connection.close()
    count += 1
print(count > 50)
"""


SLOW_REQUESTS = """
import os, socket

port = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])

def many():
    hoard = []
    for _ in range(200):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"POST http://sh.dataspace.copernicus.eu/ HTTP/1.1\\r\\nHost: x\\r\\n"
                           b"Content-Length: 1000000000000\\r\\n\\r\\nx")
        hoard.append(connection)
    globals()["hoard"] = hoard
    return len(hoard)

attempt("requests that never end", many)
"""


BOMBS = """
import gzip, os, requests, zlib

bundle = os.environ["REQUESTS_CA_BUNDLE"]
url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"

def post(body, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.post(url, data=body, headers=headers, timeout=4).status_code

bomb = gzip.compress(bytes(100_000_000))
attempt("a bomb in a request", lambda: post(bomb, Content_Encoding="gzip"))
attempt("deep json", lambda: post(b"[" * 2_000_000, Content_Type="application/json"))
attempt("a long header", lambda: post(b"{}", X_Header="x" * 900_000))
attempt("many headers", lambda: requests.post(
    url, headers={f"X-{n}": "x" for n in range(5_000)}, timeout=4).status_code)
attempt("a large body", lambda: post(bytes(60_000_000)))
long_number = b"[" + b"9" * 1_000_000 + b"]"
attempt("long numbers", lambda: post(long_number, Content_Type="application/json"))
"""


UPLOADS = """
from utils import get_file_system

fs = get_file_system()
part = bytes(40_000_000)

def flood():
    for number in range(8):
        fs.pipe_file(f"my-bucket/part-{number}", part)
    return "all"

def many():
    for number in range(3_000):
        fs.pipe_file(f"my-bucket/many/{number}/" + "/".join("abcdefghij"), b"x")
    return "all"

attempt("320 MB of objects", flood)
print("ATTEMPTED thousands of objects", flush=True)
many()
"""


COLOURS = """
print("ATTEMPTED text of which every letter has a colour", flush=True)
for _ in range(9):
    print("\\x1b[1m\\x1b[0m" * 80_000)
"""


COMB = """
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

oauth = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret="course-secret", include_client_id=True)
ring = []
for x in range(0, 24_000, 2):  # slanted teeth: the boxes around all of them overlap
    ring += [(x, 0), (x + 24_000, 24_000), (x + 24_001, 24_000), (x + 1, 0)]
ring += [(ring[-1][0], -1), (0, -1), (0, 0)]
body = {"collections": ["sentinel-2-l2a"], "datetime": "2021-06-01T00:00:00Z/..",
        "intersects": {"type": "Polygon", "coordinates": [ring]}}
url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"

attempt("an outline that takes minutes to be understood, while nobody watches",
        lambda: oauth.post(url, json=body, timeout=10).status_code)
"""


ORDERS = """
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

oauth = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret="course-secret", include_client_id=True)

def order(script, size=512):
    body = {
        "input": {
            "bounds": {"bbox": [22.0, 41.0, 29.0, 44.5],
                       "properties": {"crs": "http://www.opengis.net/def/crs/EPSG/0/4326"}},
            "data": [{"type": "sentinel-2-l2a", "dataFilter": {"timeRange": {
                "from": "2021-06-01T00:00:00Z", "to": "2021-06-30T23:59:59Z"}}}],
        },
        "output": {"width": size, "height": size,
                   "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}]},
        "evalscript": script,
    }
    answer = oauth.post("https://sh.dataspace.copernicus.eu/api/v1/process", json=body, timeout=2)
    return answer.status_code, len(answer.content)

SCRIPT = '''//VERSION=3
function setup() { return { input: ["B04"], output: { bands: 1, sampleType: "FLOAT32" } }; }
function evaluatePixel(sample) { %s }'''
attempt("an image of a trillion pixels", lambda: order(SCRIPT % "return [sample.B04];", 10**6))
attempt("a script without end", lambda: order(SCRIPT % "while (true) {} return [1];"))
long_loop = "var x = 0; for (var i = 0; i < 1e12; i++) { x = x + i; } return [x];"
attempt("a long loop", lambda: order(SCRIPT % long_loop))
attempt("a script that calls itself", lambda: order(SCRIPT % "return evaluatePixel(sample);"))
attempt("a deep script", lambda: order(SCRIPT % f"return [{'(' * 50_000}1{')' * 50_000}];"))
attempt("a long script", lambda: order(SCRIPT % ("var a = 1;" * 200_000)))
attempt("a large power", lambda: order(SCRIPT % f"return [{'**'.join(['9'] * 30)}];"))
growing = "var s = 'x';" + "s = s + s;" * 60 + "return [1];"
attempt("a growing text", lambda: order(SCRIPT % growing))
"""


LARGE_EVIDENCE = """
import numpy as np

attempt("arrays of 400 MB handed over", lambda: np.ones((7_000, 7_000)).shape)
rgb_data = np.ones((3, 4_000, 4_000))
rgb = np.broadcast_to(np.ones(1), (100_000, 100_000, 3))
tile_crs = "x" * 100_000_000
tile_bounds = list(range(3_000_000))
"""


DEEP_EVIDENCE = """
import geopandas as gpd
import numpy as np
from shapely.geometry import GeometryCollection, MultiPoint, Point, Polygon

def deep():
    shape = Point(0, 0)
    for _ in range(300):
        shape = GeometryCollection([shape])
    return shape

def nested():
    thing = []
    for _ in range(100_000):
        thing = [thing]
    return thing

attempt("outlines in outlines", lambda: deep().geom_type)
angles = np.linspace(0, 6.28, 1_000_000)
tile_geom = Polygon(np.c_[np.cos(angles), np.sin(angles)])
gdf = gpd.GeoDataFrame({"tile": [nested()]}, geometry=[deep()], crs="EPSG:3035")
gdf_wgs84 = gpd.GeoDataFrame(
    {f"column {n}": [1] for n in range(3_000)}, geometry=[MultiPoint(np.ones((300_000, 2)))],
    crs="EPSG:4326")
"""


FLOOD_OF_MESSAGES = (
    FIND_WIRE
    + """
parts = [bytes(60_000_000)]
deep = []
for _ in range(500):
    deep = [deep]
outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 9_000_000}] * 3

def flood():
    for number in range(3):
        tell("hand over", parts, number=10**9 + number, wanted=list(range(10_000)))
        tell("end", index=10**12, outputs=deep)
        tell("end", index=-1, outputs=outputs)
    return "over"

attempt("large messages", flood)
"""
)


ATTACKS = [
    Attack(
        "exhaust",
        "flood of requests",
        "The journal of requests grows without end.",
        {4: REQUESTS},
        honest=(3, 5, 6),
    ),
    Attack(
        "exhaust",
        "requests without end",
        "Connections that stay open, to keep the services busy.",
        {4: SLOW_REQUESTS},
        honest=(3, 6),
    ),
    Attack(
        "exhaust",
        "bombs for the services",
        "Requests that cost the services memory and time.",
        {4: BOMBS},
        honest=(3, 5, 6),
        says=("ATTEMPTED long numbers",),
    ),
    Attack(
        "exhaust",
        "uploads",
        "Uploads fill the grader's disk.",
        {4: UPLOADS},
        honest=(3, 5, 6),
        says=("larger than the 200 MB",),
    ),
    Attack(
        "exhaust",
        "colours",
        "Output whose page takes longer than all grading.",
        {4: COLOURS},
        honest=(3, 5, 6),
    ),
    Attack(
        "exhaust",
        "comb",
        "An outline that keeps the services busy, so that the watch does not look.",
        {2: COMB},
        honest=(1, 6),
        says=("got: 400",),
    ),
    Attack(
        "exhaust",
        "orders",
        "Orders of images whose scripts never end.",
        {2: ORDERS},
        honest=(1, 6),
        says=("ATTEMPTED a growing text",),
    ),
    Attack(
        "exhaust",
        "large results",
        "Results so large that handing them over takes long.",
        {3: LARGE_EVIDENCE},
        honest=(5, 6),
    ),
    Attack(
        "exhaust",
        "deep results",
        "Results that are deep or have many parts.",
        {6: DEEP_EVIDENCE},
        honest=(7, 9),
    ),
    Attack(
        "exhaust",
        "flood of messages",
        "Large messages to the grader.",
        {4: FLOOD_OF_MESSAGES},
        honest=(3, 6),
        tries=False,
    ),
]
