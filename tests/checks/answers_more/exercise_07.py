"""More answers to exercise 07: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: bytes-of-a-session
import io

import geopandas as gpd
import requests
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)

with requests.Session() as session:
    answer = session.get(nuts_url, timeout=60)
    answer.raise_for_status()
nuts = gpd.read_file(io.BytesIO(answer.content))
assert nuts.crs == tile_crs, (nuts.crs, tile_crs)

tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoSeries([tile_geom], crs=tile_crs).to_frame("geometry")
joined = tile_gdf.sjoin(nuts, how="inner", predicate="intersects", lsuffix="tile", rsuffix="nuts")
print(joined[["NUTS_ID", "NUTS_NAME"]].to_string(index=False))
area_km2 = float(tile_gdf.area.sum()) / 10**6
print(round(area_km2, 2))

# %% right: read-with-a-mask
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)

tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"], "year": [2018]}, geometry=[tile_geom], crs=tile_crs)
nuts = gpd.read_file(nuts_url, mask=tile_gdf)
joined = gpd.sjoin(tile_gdf, nuts)
joined.apply(lambda row: print(row.NUTS_ID, row.NUTS_NAME), axis=1)
area_km2 = tile_gdf.to_crs(3035).area.iloc[0] / 1_000_000

# %% right: functions-and-try
import geopandas as gpd
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

BASE = "https://gisco-services.ec.europa.eu/distribution/v2/nuts/geojson"


def load_nuts(level: int = 3, year: int = 2021, epsg: int = 3035) -> gpd.GeoDataFrame:
    url = f"{BASE}/NUTS_RG_01M_{year}_{epsg}_LEVL_{level}.geojson"
    try:
        return gpd.read_file(url)
    except Exception as error:  # network
        raise RuntimeError(f"could not read {url}") from error


def square_kilometres(geometry: BaseGeometry) -> float:
    return geometry.area * 1e-6


def regions_of(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Rows of `frame`, each with a region."""
    keep = ["NUTS_ID", "NUTS_NAME", regions.geometry.name]
    return frame.sjoin(regions[keep].to_crs(frame.crs), predicate="intersects").drop(columns="index_right")


nuts = load_nuts()
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)
joined = regions_of(tile_gdf, nuts)
for region in joined.to_dict("records"):
    print(f"{region['NUTS_ID']}: {region['NUTS_NAME']}")
area_km2 = square_kilometres(tile_geom)

# %% right: sides-multiplied
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(left_df=tile_gdf, right_df=nuts, how="left", predicate="intersects").reset_index(drop=True)
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
left, bottom, right, top = tile_geom.bounds
area_km2 = (right - left) / 1000 * (top - bottom) / 1000
print(f"Tile area: {area_km2:.2f} km²")

# %% right: downloaded-with-urllib
import tempfile
import urllib.request
from pathlib import Path

import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "nuts.geojson")
    with urllib.request.urlopen(nuts_url) as answer:
        path.write_bytes(answer.read())
    nuts = gpd.read_file(path).set_index("NUTS_ID", drop=False)
nuts.index.name = None
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame([{"tile": "FRJ27", "geometry": tile_geom}], crs=tile_crs)
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
print(joined.NUTS_ID.tolist(), joined.NUTS_NAME.tolist())
area_km2 = tile_geom.area / 1000**2

# %% right: french-regions-sorted-and-nuts-kept
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url).sort_values("NUTS_ID")
print(len(nuts), "régions")

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = sum(tile_gdf.geometry.area) / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: query-of-the-tree-then-merge
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)

import pandas as pd

nuts = gpd.read_file(nuts_url)
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)
hits = nuts[nuts.intersects(tile_geom)]
joined = gpd.GeoDataFrame(
    pd.concat(
        [pd.concat([tile_gdf] * len(hits), ignore_index=True), hits.drop(columns="geometry").reset_index(drop=True)],
        axis=1,
    ),
    geometry="geometry",
    crs=tile_crs,
)
for name in joined["NUTS_NAME"]:
    print(name)
area_km2 = tile_geom.area / 1e6

# %% wrong: overlaps | overlaps is true only for a partial overlap; the patch lies inside the region, so the join is empty.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="overlaps")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: right-join | how='right' keeps every region of the file, also those that the patch does not meet.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects", how="right")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: enlarged-patch | The patch was enlarged by 1 km before the join, so regions that it does not touch could be found; the outline itself is asked.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom.buffer(1000)], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: centre-point-joined | Only the centre of the patch was joined, so regions at its edges would be missed.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom.centroid], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: region-selected-not-joined | These are rows of the regions themselves; nothing was joined to the patch.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = nuts[nuts.contains(tile_geom.centroid)]
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-in-web-mercator | The area was computed in Web Mercator, which enlarges areas; compute it in EPSG:3035.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_gdf.to_crs(3857).area.iloc[0] / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-rounded | The area was rounded to whole square kilometres.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = round(tile_geom.area / 1e6)
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-as-text | The area is a text, so it cannot be formatted or computed with; keep the number.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = f"{tile_geom.area / 1e6:.2f}"
print(f"Tile area: {area_km2} km²")

# %% wrong: pixels-counted-as-metres | The pixels were counted, but each has 10 m by 10 m, that is 100 m².
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = 250 * 250 / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: side-instead-of-area | This is the side of the square in kilometres, not its area.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area ** 0.5 / 1e3
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: wrong-level-of-regions | The file holds regions of level 2, which are larger; level 3 is asked.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_2.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: coordinates-of-another-file | The file in EPSG:4326 (degrees) was asked for; the patch is in EPSG:3035.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_4326_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: two-overlaps-and-perimeter | Two mistakes: the predicate overlaps finds nothing, and length is the perimeter, not the area.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="overlaps")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.length / 1e3
print(f"Tile area: {area_km2:.2f} km²")

# %% right: nuts-index-id
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url).set_index("NUTS_ID")

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: area-rounded-2
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = round(tile_geom.area / 1e6, 2)
print(f"Tile area: {area_km2:.2f} km²")
