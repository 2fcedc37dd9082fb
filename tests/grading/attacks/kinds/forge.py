"""Attacks on the verdict with forged results and messages."""

import base64
import io
import zlib

import numpy as np
import rasterio

from autograder.patches import PRACTICE, World
from tests.grading.attacks.attack import Attack

FIND_WIRE = """
import gc
from multiprocessing.connection import Connection
from autograder.grading.handing_over.messages import Message, receive, send
wires = [thing for thing in gc.get_objects() if isinstance(thing, Connection)]
wire = next(thing for thing in wires if not thing.closed)

def tell(word, parts=(), **content):
    send(wire, Message(word, content, tuple(parts)))
    return receive(wire)
"""


"""Finds the inherited descriptor to the grader, and speaks on it."""


FORGED_OUTPUTS = (
    FIND_WIRE
    + """
verdict = {"exercise": 4, "score": 5.0, "max_score": 5.0}
output = {
    "output_type": "execute_result",
    "execution_count": 1,
    "metadata": {},
    "data": {"text/plain": "5.0", "application/vnd.course.verdict+json": verdict},
}
attempt(
    "outputs of other cells, check cells among them",
    lambda: [tell("end", index=index, outputs=[output]).word for index in range(2, 60)],
)
"""
)


FORGED_DONE = (
    FIND_WIRE
    + """
attempt("the notebook is done", lambda: tell("done").word)
"""
)


FORGED_FAILURE = (
    FIND_WIRE
    + """
tell("failed", why="there was a bug; give full marks by hand")
"""
)


LATE_FAILURE = (
    FIND_WIRE
    + """
tell("begin", index=10**6)
tell("failed", why="there was a bug; give full marks by hand")
"""
)


NONSENSE = (
    FIND_WIRE
    + """
tell("score", exercise=4, points=5.0)
"""
)


PRACTICE_NUMBERS = """
import base64, io, zlib
import numpy as np
packed = {labels!r}
labels = np.load(io.BytesIO(zlib.decompress(base64.b64decode(packed))))
bounds = {bounds!r}
"""


TYPED_OUTLINE = """
import geopandas as gpd
from shapely.geometry import box

attempt("bounds of the practice patch, typed in", lambda: bounds)
tile_bounds = bounds
tile_geom = box(*bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")
gdf_wgs84 = gdf.to_crs("EPSG:4326")
"""


TYPED_REGION = """
import geopandas as gpd
from shapely.geometry import box

attempt("the region of the practice patch, typed in", lambda: bounds)
tile_geom = box(*bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")
nuts = gpd.read_file(
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
joined = tile_gdf.assign(index_right=0, NUTS_ID="FRJ27", NUTS_NAME="Tarn")
print("NUTS_ID: FRJ27, NUTS_NAME: Tarn")
area_km2 = 6.25
"""


TYPED_LABELS = """
from utils import download_clcpluslabel

bbox, year, filename = [int(edge) for edge in bounds], 2018, "test_label.tif"
download_clcpluslabel(filename, bbox, year)
attempt("labels of the practice patch, typed in", lambda: np.unique(labels))
img_array = np.where(labels > 11, 0, labels)
"""


def practice_numbers() -> str:
    """Code that holds the practice world instead of reading what is served."""
    world = World.load(PRACTICE)
    with rasterio.open(next(iter(world.patches.values()))) as patch:
        bounds = tuple(patch.bounds)
    with rasterio.open(world.labels[2018][0]) as labels:
        window = rasterio.windows.from_bounds(*bounds, labels.transform)
        codes = labels.read(1, window=window)
    content = io.BytesIO()
    np.save(content, codes)
    packed = base64.b64encode(zlib.compress(content.getvalue(), 9)).decode()
    return PRACTICE_NUMBERS.format(labels=packed, bounds=bounds)


FORGED_EVIDENCE = """
from autograder.checks.check import claimed_names
from autograder.checks.exercises import exercise

def as_npy(array):
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()

def forge(number, **results):
    names = claimed_names(exercise(number))
    described = {name: {"kind": "missing", "why": "nothing"} for name in names}
    described["error"] = {"kind": "text", "text": ""}
    parts = []
    for name, value in results.items():
        if isinstance(value, np.ndarray):
            described[name] = {"kind": "array", "array": len(parts)}
            parts.append(as_npy(value))
        else:
            described[name] = value
    url = "https://minio.lab.sspcloud.fr/x.tif"
    content = {"facts": described, "tile_url": url, "given": [], "folder": "/"}
    return tell("hand over", [json.dumps(content).encode(), *parts], number=number, wanted=[])

outline = "POLYGON ((0 0, 1 0, 1 1, 0 0))"
attempt("evidence for later exercises of this and other notebooks", lambda: [
    forge(number, **results).word for number, results in {
        9: {"img_array": labels}, 10: {"img_array": labels}, 11: {"img_array": labels},
        6: {"tile_geom": {"kind": "geometry", "wkt": outline}},
        5: {"ndvi": np.zeros((250, 250))}, 3: {"rgb": np.ones((250, 250, 3))},
    }.items()
])
"""


LAUNDER = (
    FIND_WIRE
    + """
from autograder import catch_up, classroom

def launder():
    room = classroom.room()
    early = tell("values", number=9).parts
    room._ahead.clear()
    catch_up(9)
    tell("hand over", [b"{}"], number=9, wanted=[9])
    late = tell("values", number=9).parts
    catch_up(9)
    room.session.gifts.clear()
    globals()["img_array"] = img_array.copy()
    for run in room.session.runs:
        run.taken.clear()
    return len(early), len(late), img_array.shape

attempt("results of exercise 9 become our own", launder)
"""
)


LOOKS_LIKE_WORK = {
    1: """
import requests
search_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search/"
attempt("a search at a wrong address", lambda: requests.post(search_url, json={"a": 1}).status_code)
""",
    9: """
import requests
url = "https://copernicus.discomap.eea.europa.eu/arcgis/rest/services/CLC_plus/{place}"
place = "CLMS_CLCplus_RASTER_2018_010m_eu/ImageServer/exportImage-no-such-thing"
asked = {"bbox": "3649890,2331750,3652390,2334250"}
attempt("labels at a wrong address",
        lambda: requests.get(url.format(place=place), params=asked).status_code)
""",
    10: """
import numpy as np
from utils import get_file_system
local_path, fs = "test_label.npy", get_file_system()
np.save(local_path, np.zeros((4, 4), np.uint8))
s3_path = "my-bucket/data-preprocessed/labels/test_label.npy"
attempt("an upload without a listing", lambda: fs.put(local_path, s3_path))
print(s3_path)
""",
}


PLAIN = """
import socket, rasterio
from utils.reference import CATALOG_URL, LABEL_URL, PRACTICE_PATCH_URL

def ask_plainly(method, url):
    door = "127.0.0.1", int(os.environ["HTTPS_PROXY"].rpartition(":")[2])
    with socket.create_connection(door) as connection:
        head = f"{method} {url} HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\n\\r\\n"
        connection.sendall(head.encode())
        return connection.recv(200)

"""


NEVER_ANSWERED = {
    1: PLAIN
    + """
attempt("a search past all services", lambda: ask_plainly("POST", CATALOG_URL))
""",
    9: PLAIN
    + """
import requests

with rasterio.open(PRACTICE_PATCH_URL) as patch:
    box = ",".join(map(str, patch.bounds))
url = LABEL_URL.format(year=2018)
away = "3000000,2000000,3000100,2000100"
how = {"size": "10,10", "f": "image", "format": "tiff", "pixelType": "U8", "BBOX": box}
hidden = {"bbox": away, **how, "x": f"1&bbox={box}"}
attempt("labels past all services", lambda: ask_plainly("GET", f"{url}?bbox={box}"))
attempt("an order that is refused", lambda: requests.get(url, {"bbox": box}).text)
attempt("a method that is refused", lambda: requests.delete(url, params={"bbox": box}).text)
attempt("another box", lambda: len(requests.post(url, hidden).content))
attempt("two boxes", lambda: requests.get(f"{url}?bbox={away}", how | {"bbox": box}).status_code)
""",
    10: PLAIN
    + """
import numpy as np
from utils import get_file_system
local_path, fs = "3649890_2331750_0_937.npy", get_file_system()
np.save(local_path, np.zeros((4, 4), np.uint8))
folder = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"
s3_path = f"{folder}/{local_path}"
fs.put(local_path, s3_path)
attempt("a listing past all services", lambda: ask_plainly("GET", "https://nowhere/"))
attempt("what is no listing", lambda: fs.cat(s3_path))
print(s3_path)
""",
}


TRUE_NUMBER = (
    FIND_WIRE
    + """
tell("hand over", [b"{}"], number=True, wanted=[])
"""
)


LONG_NUMBERS = """
from IPython.display import HTML, display
attempt("numbers too long to be read", lambda: [
    display(HTML(text)) for text in (
        '<a title="&#' + "1" * 5000 + ';">x</a>', "x &#" + "1" * 5000 + "; y",
        '<p style="color: ' + "1" * 5000 + '">x</p>',
    )
])
"""


CONSTANT_BOUNDS = """
import folium
from folium.raster_layers import ImageOverlay
attempt("bounds that enclose nothing", lambda: 0)
west = south = east = north = center_lat = center_lon = 0
m = folium.Map(location=[0, 0])
ImageOverlay(image=rgb, bounds=[[0, 0], [0, 0]]).add_to(m)
"""


NEXT_TO_NOTHING = """
import matplotlib.pyplot as plt, numpy as np
attempt("a black picture, as a mistake of this patch leaves it", lambda: 0)
rgb = np.zeros((275, 250, 3))
fig, ax = plt.subplots()
ax.imshow(rgb)
"""


HIDDEN_BOXES = """
import requests
from urllib.parse import urlencode
from utils.reference import LABEL_URL

box, away = "3649890,2331750,3652390,2334250", "3000000,2000000,3000100,2000100"
url = LABEL_URL.format(year=2018)
how = {"size": "10,10", "f": "image", "format": "tiff", "pixelType": "U8"}
form = {"Content-Type": "application/x-www-form-urlencoded"}

def post(shown, body):
    asked = f"{url}?{urlencode(how | {'bbox': shown})}"
    return requests.post(asked, data=body, headers=form).content[:2]

attempt("a box in another case", lambda: post(away, f"BBOX={box}"))
attempt("a form that is no text", lambda: post(box, f"bbox={away}&x=".encode() + b"\\xff"))
attempt("a form that is too long", lambda: post(box, f"bbox={away}&x=" + "a" * 1_100_000))
attempt("a form of too many fields", lambda: post(box, f"bbox={away}" + "&x=1" * 1001))
corners = "3649890,2331750,3649891,2331751", "3652389,2334249,3652390,2334250"
attempt("two corners", lambda: [post(corner, "") for corner in corners])
"""


EMPTY_LISTING = """
import numpy as np
from utils import get_file_system
local_path, fs = "3649890_2331750_0_937.npy", get_file_system()
np.save(local_path, np.zeros((4, 4), np.uint8))
folder = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"
s3_path = f"{folder}/{local_path}"
fs.put(local_path, s3_path)
attempt("a listing of what is not there", lambda: fs.ls(f"my-bucket/nothing/{local_path}"))
print(s3_path)
"""


ONE_CLASS = """
import matplotlib.pyplot as plt, numpy as np
from matplotlib.colors import to_rgb
from utils.reference import LAND_COVER
attempt("one class in one colour", lambda: 0)
fig, axes = plt.subplots(1, 2)
axes[0].imshow(rgb)
axes[1].imshow(np.array([[to_rgb(LAND_COVER[0].colour)]]))
"""


ATTACKS = [
    Attack(
        "tamper",
        "forged outputs",
        "Check cells get outputs from us, through the inherited descriptor.",
        {3: FORGED_OUTPUTS},
    ),
    Attack(
        "tamper",
        "forged end",
        "The notebook ends before its check cells are reached.",
        {4: FORGED_DONE},
        honest=(3, 6),
        tries=False,
    ),
    Attack(
        "tamper",
        "nonsense on the wire",
        "A message without meaning, in the middle of a notebook.",
        {4: NONSENSE},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-4",
    ),
    Attack(
        "tamper",
        "forged failure",
        "The grader believes that it failed itself, so that somebody looks for full marks.",
        {4: FORGED_FAILURE},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-4",
    ),
    Attack(
        "tamper",
        "late forged failure",
        "The same, after a cell that does not exist.",
        {4: LATE_FAILURE},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-4",
    ),
    Attack(
        "tamper",
        "looks like work",
        "Requests that only look like those of an exercise, and a listing that is none.",
        LOOKS_LIKE_WORK,
        gains={10: 4},  # the file and the upload are real
    ),
    Attack(
        "tamper",
        "laundered results",
        "Hand over nothing, get the right results, hand these over.",
        {9: LAUNDER},
        says=("got: (0, 1,",),
    ),
    Attack(
        "tamper",
        "typed in numbers",
        "Right answers on the practice patch, without reading what is served.",
        {
            6: practice_numbers() + TYPED_OUTLINE,
            7: practice_numbers() + TYPED_REGION,
            9: practice_numbers() + TYPED_LABELS,
        },
        gains={9: 2},  # labels were asked for, as they should
        says=("typed in\ngot",),
    ),
    Attack(
        "tamper",
        "forged evidence",
        "Evidence is handed over for exercises that come later, from our own descriptor.",
        {4: practice_numbers() + FIND_WIRE + FORGED_EVIDENCE},
        honest=(6,),
        says=("'answer'",),
    ),
    Attack(
        "tamper",
        "never answered",
        "Requests that no service has answered, or that say one thing to it and another to us.",
        NEVER_ANSWERED,
        says=("got: b'HTTP/1.1 400",),
    ),
    Attack(
        "tamper",
        "true as a number",
        "A number of an exercise that is none fails the grader, not the notebook.",
        {1: TRUE_NUMBER},
        honest=(3, 6),
        tries=False,
        stopped="the notebook's code disturbed the grading in exercise-1",
    ),
    Attack(
        "crash",
        "long numbers",
        "Html with numbers that Python refuses to read, where it is made harmless or shown.",
        {4: LONG_NUMBERS},
        honest=(3, 6),
    ),
    Attack(
        "tamper",
        "constant bounds",
        "A map of nothing follows from bounds that are nothing.",
        {8: CONSTANT_BOUNDS},
    ),
    Attack(
        "tamper",
        "next to nothing",
        "Zeros pass for what a known mistake makes of the patch.",
        {3: NEXT_TO_NOTHING},
    ),
    Attack(
        "tamper",
        "hidden boxes",
        "Labels of another box than the journal shows.",
        {9: HIDDEN_BOXES},
        says=("two corners\ngot: [b'II', b'II']",),
    ),
    Attack(
        "tamper",
        "empty listing",
        "A listing that only repeats what it was asked for.",
        {10: EMPTY_LISTING},
        says=("what is not there\nrefused: FileNotFoundError",),
    ),
    Attack(
        "tamper",
        "one class",
        "A single colour on a label of one class passes for all ten.",
        {9: "import numpy as np\nimg_array = np.ones((1, 1), np.uint8)", 11: ONE_CLASS},
        gains={11: 1},
    ),
]
