"""Answers to exercise 02, right by other roads and wrong as learners are."""
# ruff: noqa
# %% right: as-in-the-hints
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

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% right: s3-prefix-and-half-open-june
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
                        "to": "2021-07-01T00:00:00Z",
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

# %% right: project-bucket
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

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "s3://projet-hackathon-ntts-2025/sentinel2/bulgaria_rgb.tif")

# %% right: reflectance-as-decimal-numbers
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: ["B04", "B03", "B02"],
    output: { bands: 3, sampleType: "FLOAT32" }
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
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% right: reflectance-times-ten-thousand
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: ["B04", "B03", "B02"],
    output: { bands: 3, sampleType: "UINT16" }
  };
}
function evaluatePixel(sample) {
  return [10000 * sample.B04, 10000 * sample.B03, 10000 * sample.B02];
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

# %% right: bearer-header-streamed
import requests
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
response = requests.post(
    process_url,
    json=request_body,
    headers={"Authorization": f"Bearer {token['access_token']}"},
    stream=True,
    timeout=60,
)
response.raise_for_status()

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    for morceau in response.iter_content(chunk_size=8192):
        f.write(morceau)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% right: pathlib-and-dumped-json
import json
from pathlib import Path

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
response = oauth.post(
    process_url, data=json.dumps(request_body), headers={"Content-Type": "application/json", "Accept": "image/tiff"}
)
assert response.ok, response.text

local_path = Path("bulgaria_rgb.tif")
local_path.write_bytes(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(str(local_path), f"my-bucket/sentinel2/{local_path.name}")

# %% right: open-and-close-by-hand
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
                    "maxCloudCoverage": 10.0,
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

# Étape 3 : commander l'image, puis l'enregistrer
response = oauth.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
f = open(local_path, "wb")
f.write(response.content)
f.close()

# Étape 4 : envoyer le fichier
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% right: bytes-piped-to-the-store
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

# Step 4: upload the file
fs = get_file_system()
fs.pipe_file("my-bucket/sentinel2/bulgaria_rgb.tif", response.content)
print(fs.ls("my-bucket/sentinel2"))

# %% right: copied-through-a-remote-file
import shutil

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

# Step 4: upload the file
fs = get_file_system()
with open(local_path, "rb") as source, fs.open("my-bucket/sentinel2/bulgaria_rgb.tif", "wb") as target:
    shutil.copyfileobj(source, target)

# %% right: put-into-the-folder
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

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/")

# %% right: shape-of-the-country-and-larger-image
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
                    "mosaickingOrder": "leastCC",
                },
            }
        ],
    },
    "output": {
        "width": 900,
        "height": 610,
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

# %% right: polygon-and-default-crs
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
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[22, 41], [29, 41], [29, 44.5], [22, 44.5], [22, 41]]],
            },
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

# %% right: looked-at-before-upload
import matplotlib.pyplot as plt
import numpy as np
import rasterio
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

with rasterio.open(local_path) as image:
    picture = np.transpose(image.read(), (1, 2, 0)).astype(float)
    print(image.profile["dtype"], picture.shape, picture.max())
plt.figure(figsize=(7, 5))
plt.imshow(np.clip(picture / np.percentile(picture, 98), 0, 1), extent=[22, 29, 41, 44.5], aspect=1.37)
plt.title("Bulgarie, juin 2021")
plt.show()

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% right: function-and-new-session
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session
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

def order(body):
    session = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
    session.fetch_token(
        token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
        client_secret="course-secret",
        include_client_id=True,
    )
    answer = session.post(process_url, json=body)
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return answer


response = order(request_body)
local_path = "bulgaria_rgb.tif"
with open(file=local_path, mode="wb") as f:
    f.write(response.content)

fs = get_file_system()
fs.put_file(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: box-of-the-example | The box of the worked example (around Sofia) was copied; it is not Bulgaria.
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
            "bbox": [23.0, 42.0, 24.0, 43.0],
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

# %% wrong: latitude-first | The box has latitude first; it must be west, south, east, north.
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
            "bbox": [41.0, 22.0, 44.5, 29.0],
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

# %% wrong: collection-in-a-list | The type is a bare text in an order; the list of the catalogue search was copied and the service refused it.
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
                "type": ["sentinel-2-l2a"],
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

# %% wrong: cloud-as-a-filter-text | maxCloudCoverage is a number of per cent, not a text or a filter.
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
                    "maxCloudCoverage": "eo:cloud_cover < 10",
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

# %% wrong: cloud-limit-of-the-example | The cloud limit of the worked example (20 %) was kept; at most 10 % is asked.
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

# %% wrong: cloud-as-a-fraction | maxCloudCoverage counts in per cent: 10 % is 10, and 0.1 leaves almost no scene.
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
                    "maxCloudCoverage": 0.1,
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

# %% wrong: png-format | The format is a PNG picture, which does not know where it lies, instead of a GeoTIFF.
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
        "responses": [{"identifier": "default", "format": {"type": "image/png"}}],
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

# %% wrong: format-misspelt | The media type of a TIFF is image/tiff; the service refused image/tif, and its message was saved as an image.
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
        "responses": [{"identifier": "default", "format": {"type": "image/tif"}}],
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

# %% wrong: text-written-to-the-file | response.text turns the bytes into letters and spoils the image; the bytes are in response.content.
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
with open(local_path, "w", encoding="utf-8") as f:
    f.write(response.text)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: response-itself-written | The response object itself was written instead of its bytes (response.content).
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
    f.write(response)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: uploaded-before-the-file-was-closed | The upload happens inside the with block, before the file is closed, so the end of the image is missing.
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

fs = get_file_system()
local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    for chunk in response.iter_content(chunk_size=1000):
        f.write(chunk)

    # Step 4: upload the file
    fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: example-file-uploaded | The file of the worked example was uploaded instead of bulgaria_rgb.tif.
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

# Step 4: upload the file
fs = get_file_system()
fs.put("example_output.tif", "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: put-the-wrong-way-round | The arguments of put are swapped: first the local file, then the destination.
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

# Step 4: upload the file
fs = get_file_system()
fs.put("my-bucket/sentinel2/bulgaria_rgb.tif", local_path)

# %% wrong: bucket-forgotten | The destination lacks the bucket: a path begins with my-bucket.
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

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "sentinel2/bulgaria_rgb.tif")

# %% right: folder-forgotten
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

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/bulgaria_rgb.tif")

# %% wrong: sent-to-the-catalogue | The order was sent to the catalogue's address instead of the Process API's.
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
response = oauth.post(catalog_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: search-sent-instead-of-the-order | The search body of exercise 1 was sent instead of the order.
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
response = oauth.post(process_url, json=search_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: request-without-token | The order was sent without a token; the refusal (401) was saved and uploaded as an image.
import requests
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
response = requests.post(process_url, json=request_body)

local_path = "bulgaria_rgb.tif"
with open(local_path, "wb") as f:
    f.write(response.content)

# Step 4: upload the file
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: july-instead-of-june | The dates are of July instead of June 2021.
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
                        "from": "2021-07-01T00:00:00Z",
                        "to": "2021-07-31T23:59:59Z",
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

# %% wrong: start-and-end-swapped | The start and the end of the time range are swapped, so the service refused the order.
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
                        "from": "2021-06-30T23:59:59Z",
                        "to": "2021-06-01T00:00:00Z",
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

# %% wrong: dates-joined-with-a-slash | Start and end go into from and to, one date each; the slash belongs to the catalogue search.
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
                        "from": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
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

# %% wrong: blue-green-red | The bands come out as blue, green, red: red and blue are swapped in the image.
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
  return [sample.B02, sample.B03, sample.B04];
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

# %% wrong: near-infrared-of-the-example | The script of the worked example makes a false-colour image (near infrared, red, green), not true colour.
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: ["B08", "B04", "B03"],
    output: { bands: 3, sampleType: "FLOAT32" }
  };
}
function evaluatePixel(sample) {
  return [sample.B08, sample.B04, sample.B03];
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

# %% right: reflectance-rounded-to-black
from utils import get_file_system

# Step 2: complete the order
process_url = "https://sh.dataspace.copernicus.eu/api/v1/process"

evalscript = """
//VERSION=3
function setup() {
  return {
    input: ["B04", "B03", "B02"],
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
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: drawn-instead-of-ordered | The image was made up of zeros; nothing was ordered from the service.
import numpy as np
import rasterio
from rasterio.transform import from_bounds
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

# Step 3
local_path = "bulgaria_rgb.tif"
with rasterio.open(
    local_path, "w", driver="GTiff", width=512, height=512, count=3, dtype="uint16",
    crs="EPSG:4326", transform=from_bounds(22.0, 41.0, 29.0, 44.5, 512, 512),
) as dst:
    dst.write(np.zeros((3, 512, 512), dtype="uint16"))

# Step 4
fs = get_file_system()
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: never-uploaded | The image was saved on this computer but never uploaded.
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

# Step 4: upload the file
fs = get_file_system()
print(fs.ls("my-bucket"))

# %% wrong: destination-left-blank | The blanks of fs.put are still empty, so nothing was uploaded.
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

# Step 4: upload the file
fs = get_file_system()
fs.put(___, ___)  # TODO: what to upload, and where to

# %% wrong: file-system-not-called | get_file_system was not called: the brackets are missing, so fs is a function.
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

# Step 4: upload the file
fs = get_file_system
fs.put(local_path, "my-bucket/sentinel2/bulgaria_rgb.tif")

# %% wrong: two-sofia-and-png | Two mistakes: the box is that of the worked example, and the format is PNG instead of TIFF.
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
            "bbox": [23.0, 42.0, 24.0, 43.0],
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
        "responses": [{"identifier": "default", "format": {"type": "image/png"}}],
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

# %% wrong: two-july-and-wrong-key | Two mistakes: the dates are of July, and the image lies at the top of the bucket instead of in sentinel2.
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
                        "from": "2021-07-01T00:00:00Z",
                        "to": "2021-07-31T23:59:59Z",
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
fs.put(local_path, "my-bucket/bulgaria_rgb.tif")
