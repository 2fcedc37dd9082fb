"""Answers to exercise 7, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: method-of-the-frame
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame(geometry=[tile_geom], crs="EPSG:3035")

joined = tile_gdf.sjoin(nuts)
print(joined[["NUTS_ID", "NUTS_NAME"]])

area_km2 = tile_gdf.area.iloc[0] / 1_000_000
print(round(area_km2, 2), "km²")

# %% right: only-the-regions-near-by
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url, bbox=tuple(tile_bounds))

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

# %% right: few-columns-only
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# je ne garde que les colonnes utiles
regions = nuts[["NUTS_ID", "NUTS_NAME", "geometry"]]

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, regions, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: left-join-and-itertuples
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

joined = gpd.sjoin(tile_gdf, nuts, how="left", predicate="intersects")
for row in joined.itertuples():
    print(row.NUTS_ID, row.NUTS_NAME)

side_x = tile_bounds.right - tile_bounds.left
side_y = tile_bounds.top - tile_bounds.bottom
area_km2 = (side_x / 1000) * (side_y / 1000)
print(f"Tile area: {area_km2:.2f} km²")

# %% right: loop-over-regions
import geopandas as gpd
import pandas as pd
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

rows = []
for _, region in nuts.iterrows():
    if region.geometry.intersects(tile_geom):
        rows.append({"tile": "FRJ27", "NUTS_ID": region["NUTS_ID"], "NUTS_NAME": region["NUTS_NAME"], "geometry": tile_geom})
joined = gpd.GeoDataFrame(rows, geometry="geometry", crs=tile_crs)
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: mask-and-cross-merge
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

touching = nuts[nuts.intersects(tile_geom)]
joined = tile_gdf.merge(touching.drop(columns="geometry"), how="cross")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: requests-and-from-features
import geopandas as gpd
import requests
from shapely.geometry import box

nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
answer = requests.get(nuts_url, timeout=60)
answer.raise_for_status()
nuts = gpd.GeoDataFrame.from_features(answer.json()["features"], crs="EPSG:3035")

tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"], "year": [2018]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: saved-file-first
import urllib.request

import geopandas as gpd
from shapely.geometry import box

nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
urllib.request.urlretrieve(nuts_url, "nuts3.geojson")
nuts = gpd.read_file("nuts3.geojson")

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

# %% right: spatial-index
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

hits = nuts.sindex.query(tile_geom, predicate="intersects")
found = nuts.iloc[hits].reset_index(drop=True)
joined = gpd.GeoDataFrame(
    found.drop(columns="geometry"), geometry=[tile_geom] * len(found), crs=tile_crs
)
for nuts_id, name in zip(joined["NUTS_ID"], joined["NUTS_NAME"]):
    print(nuts_id, name)

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% right: renamed-geometry-and-reset-index
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"], "outline": [tile_geom]}, geometry="outline", crs=tile_crs)

joined = (
    gpd.sjoin(tile_gdf, nuts.to_crs(tile_gdf.crs), how="inner", predicate="intersects")
    .drop(columns="index_right")
    .reset_index(drop=True)
)
for i in range(len(joined)):
    print(joined.loc[i, "NUTS_ID"], joined.loc[i, "NUTS_NAME"])

area_km2 = joined.area.iloc[0] / 10**6
print(f"{area_km2:.2f} km2")

# %% right: regions-to-the-crs-of-the-patch
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

# les régions dans le CRS du patch, par prudence
joined = nuts.to_crs(tile_crs).pipe(lambda regions: gpd.sjoin(tile_gdf, regions, predicate="intersects"))
print(joined[["NUTS_ID", "NUTS_NAME"]].to_string(index=False))

area_m2 = tile_gdf.geometry.area.sum()
area_km2 = float(area_m2) / 1e6
print(f"Surface : {area_km2:.2f} km²")

# %% right: area-from-pixels
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

# number of pixels times 10 m x 10 m
area_km2 = rgb.shape[0] * rgb.shape[1] * 10 * 10 / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: frames-swapped | The regions stand on the left, so the result has the geometry of the region instead of that of the patch.
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
joined = gpd.sjoin(nuts, tile_gdf, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: within | within only finds a region that holds the whole patch; across a border it finds none, while intersects finds both.
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
joined = gpd.sjoin(tile_gdf, nuts, predicate="within")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: contains | contains asks whether the patch contains a whole region, so the join is empty.
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
joined = gpd.sjoin(tile_gdf, nuts, predicate="contains")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: predicate-typo | The predicate is written intersects, with an s at the end.
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
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersect")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: old-argument-op | op is the former name of the argument; it is called predicate now.
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
joined = gpd.sjoin(tile_gdf, nuts, op="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: touches | touches asks for a common border without overlap, so the join is empty; ask for intersects.
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
joined = gpd.sjoin(tile_gdf, nuts, predicate="touches")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: last-region-kept | joined was overwritten by the last row of the loop and is no longer the joined frame.
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
    joined = row
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: regions-in-degrees | The regions were converted to degrees while the patch is in metres, so the two frames do not meet and the join is empty.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url).to_crs("EPSG:4326")

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

# %% wrong: patch-declared-as-degrees | The patch was declared as EPSG:4326 although its numbers are metres of EPSG:3035; GeoPandas only warns, and the result has the wrong CRS.
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
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:4326")

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: crs-forgotten | tile_gdf has no CRS; it should be tile_crs.
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
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom])

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-divided-by-1000 | A square kilometre has 1000 times 1000 square metres: divide by 1e6, not by 1e3.
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
area_km2 = tile_geom.area / 1e3
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-in-hectares | Divided by 10000 the area comes in hectares; for square kilometres divide by 1e6.
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
area_km2 = tile_geom.area / 1e4
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-in-square-metres | The area is still in square metres.
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
area_km2 = tile_geom.area
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-multiplied | Square metres are multiplied by 1e6 where they should be divided.
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
area_km2 = tile_geom.area * 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-in-degrees | The area was computed in square degrees; compute it in EPSG:3035.
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
area_km2 = tile_gdf.to_crs("EPSG:4326").area.iloc[0] / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: area-of-the-region | This is the area of the region, not of the patch.
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
area_km2 = nuts[nuts["NUTS_ID"].isin(joined["NUTS_ID"])].area.sum() / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: perimeter | length is the perimeter in metres, not the area.
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
area_km2 = tile_geom.length / 1e3
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: typed-in-area | The area was typed in instead of computed from tile_geom.
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
area_km2 = 6.25
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: hard-coded-region | The region was looked up by its code instead of being found by a spatial join.
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

region = nuts[nuts["NUTS_ID"] == "FRJ27"]
joined = tile_gdf.assign(NUTS_ID=region["NUTS_ID"].values, NUTS_NAME=region["NUTS_NAME"].values)
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: joined-on-attribute | The frames were matched by a code in the table, not by their position.
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

joined = tile_gdf.merge(nuts.drop(columns="geometry"), left_on="tile", right_on="NUTS_ID")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: typed-in-outline | The outline was typed in instead of taken from tile_bounds.
import geopandas as gpd
from shapely.geometry import box

# Step 1: read the regions (EPSG:3035)
nuts_url = (
    "https://gisco-services.ec.europa.eu/distribution/v2/"
    "nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)

# Step 2: put the outline of the patch into a GeoDataFrame
tile_geom = box(3649890, 2331750, 3652390, 2334250)
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: all-regions-kept | Nothing was joined: every region of the file is paired with the patch.
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
joined = tile_gdf.merge(nuts.drop(columns="geometry"), how="cross")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: regions-invented | The regions were typed in as a table instead of being read from nuts_url.
import geopandas as gpd
from shapely.geometry import box

nuts = gpd.GeoDataFrame(
    {"NUTS_ID": ["FRJ27"], "NUTS_NAME": ["Tarn"]}, geometry=[box(3640000, 2280000, 3760000, 2380000)], crs="EPSG:3035"
)

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

# %% wrong: stops-in-the-loop | Column names are case sensitive: it is NUTS_ID, and the cell stopped before the area was computed.
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
    print(f"NUTS_ID: {row['nuts_id']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: join-and-area-left-blank | The join and the area are still blank.
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
joined = ___  # TODO: the spatial join, patch on the left
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = ___  # TODO: the area of tile_geom in square kilometres
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: swapped-and-hectares | Two mistakes: the regions stand on the left of the join, and the area is in hectares.
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
joined = gpd.sjoin(nuts, tile_gdf, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area / 1e4
print(f"Tile area: {area_km2:.2f} km²")

# %% wrong: wrong-crs-and-square-metres | Two mistakes: the patch was declared as EPSG:4326, and the area is in square metres.
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
tile_gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:4326")

# Step 3: join the patch with the regions that it intersects
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")

# Step 4: compute the area
area_km2 = tile_geom.area
print(f"Tile area: {area_km2:.2f} km²")
