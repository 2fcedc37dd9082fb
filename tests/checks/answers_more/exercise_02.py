"""More answers to exercise 02: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: pathlib-upload-and-check
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

from pathlib import Path

response = oauth.post(process_url, json=request_body, timeout=60)
response.raise_for_status()
local_path = Path("bulgaria_rgb.tif")
written = local_path.write_bytes(response.content)
assert written == len(response.content)

fs = get_file_system()
destination = "/".join(["my-bucket", "sentinel2", local_path.name])
fs.upload(str(local_path), destination)
print(fs.info(destination)["size"], written)

# %% right: chunks-of-the-session
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

local_path = "bulgaria_rgb.tif"
with oauth.post(process_url, json=request_body, stream=True) as response:
    response.raise_for_status()
    with open(local_path, "wb") as f:
        for chunk in response.iter_content(chunk_size=8192):
            if chunk:
                f.write(chunk)

fs = get_file_system()
fs.put_file(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: keys-filled-in-one-by-one
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
}
function evaluatePixel(sample) {
  return [sample.B04, sample.B03, sample.B02];
}
"""

request_body = {
    "input": {
        "bounds": {
            "bbox": None,
            "properties": {"crs": "http://www.opengis.net/def/crs/EPSG/0/4326"},
        },
        "data": [
            {
                "type": "",
                "dataFilter": {
                    "timeRange": {
                        "from": "2021-06-01T00:00:00Z",
                        "to": "2021-06-30T23:59:59Z",
                    },
                    "maxCloudCoverage": None,
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

west, south, east, north = 22.0, 41.0, 29.0, 44.5
request_body["input"]["bounds"]["bbox"] = [west, south, east, north]
source = request_body["input"]["data"][0]
source["type"] = "sentinel-2-l2a"
source["dataFilter"]["maxCloudCoverage"] = 10
source["dataFilter"]["mosaickingOrder"] = "leastCC"

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: retries-in-a-function
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

import time


def post_with_retry(session, url: str, body: dict, tries: int = 3):
    """POST, and again when the service is busy."""
    for attempt in range(tries):
        answer = session.post(url, json=body)
        if answer.status_code == 429:
            time.sleep(float(answer.headers.get("Retry-After", 1000)) / 1000)
            continue
        answer.raise_for_status()
        return answer
    raise RuntimeError("still busy")


def save(answer, path: str) -> str:
    with open(path, mode="wb") as out:
        out.write(answer.content)
    return path


response = post_with_retry(oauth, process_url, request_body)
local_path = save(response, "bulgaria_rgb.tif")
fs = get_file_system()
fs.put(lpath=local_path, rpath="projet-hackathon-ntts-2025/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: true-colour-script-of-the-web
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: ["B02", "B03", "B04"],
    output: { bands: 3, sampleType: "AUTO" }
  };
}

function evaluatePixel(sample) {
  return [2.5 * sample.B04, 2.5 * sample.B03, 2.5 * sample.B02];
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: resolution-instead-of-size
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
        "resx": 0.014,
        "resy": 0.01,
        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],
    },
    "evalscript": evalscript,
}

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: stored-through-a-buffer
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

import io
import shutil

response = oauth.post(process_url, json=request_body)
buffer = io.BytesIO(response.content)
local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    shutil.copyfileobj(buffer, f)

fs = get_file_system()
buffer.seek(0)
with fs.open("my-bucket/sentinel2/bulgaria_rgb.tif", "wb") as remote:
    shutil.copyfileobj(buffer, remote)
print(fs.exists("my-bucket/sentinel2/bulgaria_rgb.tif"))

# %% right: variables-and-plain-bands
from utils import get_file_system
BBOX = [22.0, 41.0, 29.0, 44.5]
DEBUT, FIN = "2021-06-01T00:00:00Z", "2021-06-30T23:59:59Z"
script = """//VERSION=3
const setup = () => ({ input: [{ bands: ["B02", "B03", "B04"], units: "DN" }], output: { bands: 3, sampleType: "UINT16" } });
function evaluatePixel(s) { return [s.B04, s.B03, s.B02]; }"""
commande = dict(
    input=dict(
        bounds=dict(bbox=BBOX, properties=dict(crs="http://www.opengis.net/def/crs/EPSG/0/4326")),
        data=[dict(type="sentinel-2-l2a", dataFilter=dict(timeRange={"from": DEBUT, "to": FIN}, maxCloudCoverage=10))],
    ),
    output=dict(width=1024, height=680, responses=[dict(identifier="default", format=dict(type="image/tiff"))]),
    evalscript=script,
)
response = oauth.post("https://sh.dataspace.copernicus.eu/api/v1/process", json=commande)
local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as fichier:
    fichier.write(response.content)
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: degrees-named-as-metres | The box is in degrees, but the order says EPSG:3035, which counts in metres.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
}
function evaluatePixel(sample) {
  return [sample.B04, sample.B03, sample.B02];
}
"""

request_body = {
    "input": {
        "bounds": {
            "bbox": [22.0, 41.0, 29.0, 44.5],
            "properties": {"crs": "http://www.opengis.net/def/crs/EPSG/0/3035"},
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: opened-as-text | The file was opened as text (w); bytes need the mode wb, and the cell stopped there.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "w") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: jpeg-format | The format is JPEG instead of TIFF; the service refused it, and its refusal was saved and uploaded.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
        "responses": [{"identifier": "default", "format": {"type": "image/jpeg"}}],
    },
    "evalscript": evalscript,
}

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: whole-year | The time range covers the whole of 2021 instead of June.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
                        "from": "2021-01-01T00:00:00Z",
                        "to": "2021-12-31T23:59:59Z",
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: grey-image-of-red | The script returns red three times, so the image is grey and not true colour.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
}
function evaluatePixel(sample) {
  return [sample.B04, sample.B04, sample.B04];
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: no-cloud-limit | maxCloudCoverage is 100, so cloudy scenes are used; at most 10 % is asked.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
                    "maxCloudCoverage": 100,
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: level-1c | The type is Level-1C (not corrected for the air) instead of Level-2A.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
                "type": "sentinel-2-l1c",
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: too-many-pixels | The service makes at most 2500 pixels a side; it refused 5000, and the refusal was saved as an image.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
        "width": 5000,
        "height": 5000,
        "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}],
    },
    "evalscript": evalscript,
}

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: empty-file | Nothing was written to the file, so an empty file was uploaded.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    pass

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: json-of-the-answer | The answer is an image and no JSON, so response.json() stops the cell.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.json())

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: failure-caught-and-order-uploaded | The description of the order was saved under the name of the image; the bytes of the answer were not.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

import json

response = oauth.post(process_url, json=request_body)
local_path = "bulgaria_rgb.tif"
with open(local_path, "w") as f:
    json.dump(request_body, f)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: one-scene-of-one-day | The order covers 1 June only, not the whole month.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
                        "to": "2021-06-01T23:59:59Z",
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% wrong: copied-to-a-folder-called-s3 | The file was copied into a folder of this computer instead of being put into the bucket.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

import os
import shutil

fs = get_file_system()
os.makedirs("my-bucket/sentinel2", exist_ok=True)
shutil.copy(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print(os.listdir("my-bucket/sentinel2"))

# %% wrong: two-level-1c-and-twenty | Two mistakes: the type is Level-1C, and the cloud limit is 20 % instead of 10 %.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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
                "type": "sentinel-2-l1c",
                "dataFilter": {
                    "timeRange": {
                        "from": "2021-06-01T00:00:00Z",
                        "to": "2021-06-30T23:59:59Z",
                    },
                    "maxCloudCoverage": 20,
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)

# %% right: second-order-false-colour-after
from utils import get_file_system

# Step 1: reuse the session `oauth` of exercise 1

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)
false_script = evalscript.replace('"B04", "B03", "B02"', '"B08", "B04", "B03"').replace("sample.B04, sample.B03, sample.B02", "sample.B08, sample.B04, sample.B03")
other = oauth.post(process_url, json={**request_body, "evalscript": false_script})
with open("bulgaria_false.tif", "wb") as f:
    f.write(other.content)
print(other.status_code)

# %% right: cloudier-order-after-to-compare
from utils import get_file_system

# Step 1: reuse the session `oauth` of exercise 1

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)
import copy
more = copy.deepcopy(request_body)
more["input"]["data"][0]["dataFilter"]["maxCloudCoverage"] = 50
print(len(oauth.post(process_url, json=more).content))

# %% right: quicklook-png-after
from utils import get_file_system

# Step 1: reuse the session `oauth` of exercise 1

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: [{ bands: ["B04", "B03", "B02"], units: "DN" }],
    output: { bands: 3, sampleType: "UINT16" }
  };
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

# Step 3: send the order and save the answer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")
print("Status of the order:", response.status_code)
import copy
png = copy.deepcopy(request_body)
png["output"]["responses"][0]["format"]["type"] = "image/png"
quick = oauth.post(process_url, json=png)
open("quick.png", "wb").write(quick.content)
