"""Answers to exercise 6, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: tile-crs-and-epsg-number
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

gdf = gpd.GeoDataFrame(geometry=[tile_geom], crs=tile_crs)

gdf_wgs84 = gdf.to_crs(epsg=4326)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: bounds-by-name
import geopandas as gpd
from shapely.geometry import box

# chaque bord par son nom, c'est plus lisible
tile_geom = box(tile_bounds.left, tile_bounds.bottom, tile_bounds.right, tile_bounds.top)

gdf = gpd.GeoDataFrame({"id": [1], "nom": ["patch"]}, geometry=[tile_geom], crs=3035)

gdf_wgs84 = gdf.to_crs(4326)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: polygon-from-corners
import geopandas as gpd
from shapely.geometry import Polygon

left, bottom, right, top = tile_bounds
tile_geom = Polygon([(left, bottom), (right, bottom), (right, top), (left, top)])

gdf = gpd.GeoDataFrame({"tile": ["FRJ27"], "geometry": [tile_geom]}, crs="EPSG:3035")

gdf_wgs84 = gdf.to_crs("epsg:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: set-crs-on-a-frame-without
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom])
gdf = gdf.set_crs("EPSG:3035")

gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: inplace-on-a-copy
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

gdf_wgs84 = gdf.copy()
gdf_wgs84.to_crs("EPSG:4326", inplace=True)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: geoseries-to-frame
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

outline = gpd.GeoSeries([tile_geom], crs="EPSG:3035")
gdf = outline.to_frame("geometry")

gdf_wgs84 = gpd.GeoDataFrame({"geometry": outline.to_crs("EPSG:4326")})

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: well-known-text
import geopandas as gpd
from shapely import wkt

west, south, east, north = tile_bounds
tile_geom = wkt.loads(
    f"POLYGON (({west} {south}, {west} {north}, {east} {north}, {east} {south}, {west} {south}))"
)

gdf = gpd.GeoDataFrame({"name": ["Saint-Sulpice"], "year": [2018]}, geometry=[tile_geom], crs="EPSG:3035")
gdf_wgs84 = gdf.to_crs(crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: geojson-features
import geopandas as gpd
from shapely.geometry import box, mapping

tile_geom = box(*tile_bounds)
feature = {"type": "Feature", "properties": {"tile": "FRJ27"}, "geometry": mapping(tile_geom)}
gdf = gpd.GeoDataFrame.from_features([feature], crs="EPSG:3035")

gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: transformer-of-pyproj
import geopandas as gpd
from pyproj import Transformer
from shapely import transform
from shapely.geometry import box

tile_geom = box(*tile_bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# always_xy: longitude first
to_degrees = Transformer.from_crs("EPSG:3035", "EPSG:4326", always_xy=True)
geom_wgs84 = transform(tile_geom, to_degrees.transform, interleaved=False)
gdf_wgs84 = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[geom_wgs84], crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: pandas-frame-first
import geopandas as gpd
import pandas as pd
from pyproj import CRS
from shapely.geometry import box

tile_geom = box(*list(tile_bounds))
df = pd.DataFrame({"tile": ["FRJ27"], "outline": [tile_geom]})
gdf = gpd.GeoDataFrame(df, geometry="outline", crs=CRS.from_epsg(3035))

gdf_wgs84 = gdf.to_crs(CRS.from_epsg(4326))

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: transform-geom-of-rasterio
import geopandas as gpd
from rasterio.warp import transform_geom
from shapely.geometry import box, mapping, shape

tile_geom = box(*tile_bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs)

in_degrees = shape(transform_geom("EPSG:3035", "EPSG:4326", mapping(tile_geom)))
gdf_wgs84 = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[in_degrees], crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: dictionary-of-bounds-and-columns
import geopandas as gpd
from shapely.geometry import box

edges = tile_bounds._asdict()
tile_geom = box(minx=edges["left"], miny=edges["bottom"], maxx=edges["right"], maxy=edges["top"])

gdf = gpd.GeoDataFrame(
    [{"tile": "FRJ27", "year": 2018, "geometry": tile_geom}],
    geometry="geometry",
    crs="EPSG:3035",
)
gdf["area_km2"] = gdf.area / 1e6

gdf_wgs84 = gdf.to_crs("WGS84")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: set-crs-for-to-crs | set_crs only writes another name on the frame: the numbers are still metres, now called degrees.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.set_crs("EPSG:4326", allow_override=True)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: set-crs-refused | set_crs declares and does not convert, and GeoPandas refuses to overwrite the CRS; to_crs is needed.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.set_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: result-not-stored | to_crs returns a new frame; its result was not stored, so gdf_wgs84 is still in metres.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

gdf.to_crs("EPSG:4326")
gdf_wgs84 = gdf

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: inplace-returns-none | With inplace=True the method returns None and converts gdf itself, so gdf_wgs84 is empty.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326", inplace=True)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: gdf-overwritten | The converted frame was stored in gdf as well, so the one in EPSG:3035 is lost.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

gdf = gdf.to_crs("EPSG:4326")
gdf_wgs84 = gdf

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: metres-declared-as-degrees | The numbers are metres of EPSG:3035 but were declared as EPSG:4326, so nothing is converted.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:4326")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: crs-forgotten | The frame was made without a CRS, so GeoPandas does not know what to convert from.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom])

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: web-mercator | EPSG:3857 is Web Mercator in metres; degrees are EPSG:4326.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:3857")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: utm-taken-for-laea | The bounds are in EPSG:3035, but the frame says UTM (EPSG:32631), so the patch ends up elsewhere on the earth.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:32631")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: bounds-in-extent-order | box takes left, bottom, right, top; left, right, bottom, top is the order of extent.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds.left, tile_bounds.right, tile_bounds.bottom, tile_bounds.top)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: northing-first | Northing was put before easting, so the rectangle lies elsewhere in Europe.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds.bottom, tile_bounds.left, tile_bounds.top, tile_bounds.right)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: star-forgotten | box wants four separate numbers; without the star it gets one.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: typed-in-bounds | The bounds were typed in instead of taken from tile_bounds, so they are right for this patch only.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(3649890, 2331750, 3652390, 2334250)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: patch-of-the-example | This is the square of the worked example (Aveyron), not tile_bounds.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = example_geom

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: latitude-first | Without always_xy the transformer gives latitude first, so the coordinates are exchanged.
import geopandas as gpd
from pyproj import Transformer
from shapely.geometry import Polygon, box

tile_geom = box(*tile_bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

transformer = Transformer.from_crs("EPSG:3035", "EPSG:4326")
corners = [transformer.transform(y, x) for x, y in tile_geom.exterior.coords]
gdf_wgs84 = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[Polygon(corners)], crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: upright-box-in-degrees | In degrees the square is tilted; the box of the converted bounds is larger than the patch and is not its outline.
import geopandas as gpd
from rasterio.warp import transform_bounds
from shapely.geometry import box

tile_geom = box(*tile_bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

bounds_wgs84 = transform_bounds("EPSG:3035", "EPSG:4326", *tile_bounds)
gdf_wgs84 = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[box(*bounds_wgs84)], crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: copied-degrees | The degrees were copied from the text and rounded instead of being computed from gdf.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gpd.GeoDataFrame(geometry=[box(1.6639, 43.7589, 1.6979, 43.7838)], crs="EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: centre-only | Only the centre point of the patch was kept instead of its outline.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom.centroid], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: conversion-left-blank | Step 3 is still blank.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = ___  # TODO: the same frame in EPSG:4326

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: swapped-bounds-and-set-crs | Two mistakes: northing was put before easting, and set_crs was used to convert.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds[1], tile_bounds[0], tile_bounds[3], tile_bounds[2])

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.set_crs("EPSG:4326", allow_override=True)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: typed-bounds-and-web-mercator | Two mistakes: the bounds were typed in with a slip in the last number, and the target is Web Mercator instead of degrees.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(3649890, 2331750, 3652390, 2334520)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:3857")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)
