from utils import get_file_system
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
