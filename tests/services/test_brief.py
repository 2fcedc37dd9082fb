"""The course's code runs as it stands: real addresses, real clients, nothing patched.

Each program runs in a process of its own, with warnings as errors and nothing on stderr. It is
connected after its libraries were imported, as in a notebook that imports first, or before.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.root import ROOT

IMPORTS = """
import json, os, urllib.request
from pathlib import Path
import geopandas as gpd
import numpy as np
import pandas
import pyogrio
import rasterio
import requests
import s3fs
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session
from utils import download_clcpluslabel, get_file_system, tiff_to_numpy
"""

CONNECT = """
from autograder.services import ensure_services
services = ensure_services()
"""

SEARCH = """
client_id = "course-client"
client_secret = "course-secret"
client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
response = oauth.post(catalog_url, json=search_body)
results = response.json()
assert len(results["features"]) == 50
assert all(item["properties"]["eo:cloud_cover"] < 10 for item in results["features"])
"""

IMAGE = '''
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"
evalscript = """
//VERSION=3
function setup() {
return { input: ["B04", "B03", "B02"], output: { bands: 3, sampleType: "UINT16" } };
}
function evaluatePixel(sample) {
return [sample.B04, sample.B03, sample.B02];
}
"""
request_body = {
    "input": {
        "bounds": {
            "bbox": [22.0, 41.0, 29.0, 44.5],
            "properties": {"crs": "http://www.opengis.net/def/crs/EPSG/0/4326"},
        },
        "data": [
            {
                "type": "sentinel-2-l2a",
                "dataFilter": {
                    "timeRange": {
                        "from": "2021-06-01T00:00:00Z",
                        "to": "2021-06-30T23:59:59Z",
                    },
                    "maxCloudCoverage": 10,
                },
            }
        ],
    },
    "output": {
        "width": 512,
        "height": 512,
        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],
    },
    "evalscript": evalscript,
}
response = oauth.post(process_url, json=request_body)
local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)
fs = get_file_system()
fs.put(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")

with rasterio.open(local_path) as src:
    assert src.shape == (512, 512) and src.crs == "EPSG:4326" and src.read().max() <= 1
assert services.read_object("my-bucket/sentinel2/bulgaria_rgb.tif") == response.content
'''

PATCH = """
tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)
with rasterio.open(tile_url) as src:
    tile_crs = src.crs
    tile_bounds = src.bounds
    tile_count = src.count
    tile_height = src.height
    tile_width = src.width
    rgb_data = src.read([4, 3, 2])
print(f"CRS: {tile_crs}")
print(f"Bounds: {tile_bounds}")
print(f"Shape: {tile_count} bands x {tile_height} x {tile_width} px")
"""

PATCH_SHOWN = """\
CRS: EPSG:3035
Bounds: BoundingBox(left=3649890.0, bottom=2331750.0, right=3652390.0, top=2334250.0)
Shape: 14 bands x 250 x 250 px
"""

REGIONS = """
from shapely.geometry import box
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[box(*tile_bounds)], crs=tile_crs)
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
assert list(joined["NUTS_ID"]) == ["FRJ27"] and list(joined["NUTS_NAME"]) == ["Tarn"]
assert len(pyogrio.read_dataframe(nuts_url)) == len(nuts)
with urllib.request.urlopen(nuts_url) as answer:
    assert len(json.load(answer)["features"]) == len(nuts)
"""

LABELS = """
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"
download_clcpluslabel(filename, bbox, year)
img_array = tiff_to_numpy(filename)
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)
fs = get_file_system()
s3_path = "projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"
fs.put(local_path, s3_path)
listing = fs.ls("projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250")
assert listing == [s3_path]
assert services.read_object(s3_path) == Path(local_path).read_bytes()
"""  # noqa: E501

FAILURES = "\nassert services.status()['failures'] == []\n"


def run(program: str, folder: Path) -> str:
    """Run a program in `folder`; what it prints."""
    path = folder / "program.py"
    path.write_text(program + FAILURES, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COURSE_CONTROL": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


@pytest.mark.parametrize("first", ["imports", "services"])
def test_the_course_s_code_runs_as_it_stands(first: str, tmp_path: Path) -> None:
    head = IMPORTS + CONNECT if first == "imports" else CONNECT + IMPORTS
    shown = run(head + SEARCH + IMAGE + PATCH + REGIONS + LABELS, tmp_path)
    assert shown == PATCH_SHOWN


def test_a_file_called_like_ours_does_not_get_in_the_way(tmp_path: Path) -> None:
    program = "import sys; sys.path.pop(0)\n" + IMPORTS + CONNECT + PATCH
    (tmp_path / "ssl.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    (tmp_path / "trustme.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    assert run(program, tmp_path) == PATCH_SHOWN
