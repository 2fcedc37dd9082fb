"""More answers to exercise 06: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: shapely-transform-with-pyproj
import geopandas as gpd
import shapely
from pyproj import CRS, Transformer

laea, wgs = CRS.from_epsg(3035), CRS.from_epsg(4326)
tile_geom = shapely.box(tile_bounds.left, tile_bounds.bottom, tile_bounds.right, tile_bounds.top)
gdf = gpd.GeoDataFrame(geometry=[tile_geom], crs=laea)

to_degrees = Transformer.from_crs(laea, wgs, always_xy=True)


def project(xy):
    x, y = to_degrees.transform(xy[:, 0], xy[:, 1])
    import numpy as np

    return np.column_stack([x, y])


gdf_wgs84 = gpd.GeoDataFrame(geometry=[shapely.transform(tile_geom, project)], crs=wgs)

print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: envelope-of-two-points
import geopandas as gpd
from shapely.geometry import MultiPoint

l, b, r, t = tile_bounds
tile_geom = MultiPoint([(l, b), (r, t)]).envelope
gdf = gpd.GeoSeries([tile_geom], crs=3035, name="geometry").to_frame().assign(tile="FRJ27", year=2018)
gdf_wgs84 = gdf.to_crs(4326)

print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: renamed-geometry-column
import geopandas as gpd
from shapely.geometry import box
tile_geom = box(*tile_bounds, ccw=False)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"], "outline": [tile_geom]}, geometry="outline", crs=tile_crs)
gdf_wgs84 = gdf.to_crs(epsg=4326)
assert gdf.crs.to_epsg() == 3035
assert gdf_wgs84.crs.is_geographic
print(gdf.total_bounds, gdf_wgs84.total_bounds, sep="\n")

# %% right: through-a-geopackage
import tempfile
from pathlib import Path

import geopandas as gpd
from shapely.geometry import box

tile_geom = box(*tile_bounds)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "tile.gpkg"
    gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035").to_file(path, driver="GPKG")
    gdf = gpd.read_file(path)
gdf_wgs84 = gdf.to_crs("epsg:4326")

print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: function-with-hints
import geopandas as gpd
from rasterio.coords import BoundingBox
from shapely.geometry import Polygon


def footprint(bounds: BoundingBox, *, crs: str = "EPSG:3035", **columns: object) -> gpd.GeoDataFrame:
    """One row with the outline of a raster."""
    corners = [
        (bounds.left, bounds.top),
        (bounds.right, bounds.top),
        (bounds.right, bounds.bottom),
        (bounds.left, bounds.bottom),
    ]
    return gpd.GeoDataFrame([columns], geometry=[Polygon(corners)], crs=crs)


gdf = footprint(tile_bounds, tile="FRJ27")
tile_geom = gdf.geometry.iloc[0]
gdf_wgs84 = gdf.copy().to_crs("EPSG:4326")
for name, frame in (("EPSG:3035", gdf), ("EPSG:4326", gdf_wgs84)):
    print(f"{name} bounds: {frame.total_bounds}")

# %% right: points-and-convex-hull
import geopandas as gpd
import numpy as np
xs = np.array(tile_bounds)[[0, 2, 2, 0]]
ys = np.array(tile_bounds)[[1, 1, 3, 3]]
tile_geom = gpd.points_from_xy(xs, ys).union_all().convex_hull if hasattr(gpd.points_from_xy(xs, ys), "union_all") else gpd.GeoSeries(gpd.points_from_xy(xs, ys)).union_all().convex_hull
gdf = gpd.GeoDataFrame(geometry=gpd.GeoSeries([tile_geom]))
gdf = gdf.set_crs("EPSG:3035")
gdf_wgs84 = gdf.assign(geometry=gdf.geometry.to_crs("EPSG:4326"))

print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: one-line
import geopandas as gpd; from shapely.geometry import box
gdf_wgs84 = (gdf := gpd.GeoDataFrame(geometry=[tile_geom := box(*tile_bounds)], crs=3035)).to_crs(4326)
print(gdf.total_bounds); print(gdf_wgs84.total_bounds)

# %% wrong: digits-of-the-code-swapped | 4236 is a system of Taiwan; WGS 84 is EPSG:4326.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4236")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: utm-for-degrees | EPSG:32631 is UTM in metres; degrees are EPSG:4326.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:32631")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: conformal-conic | EPSG:3034 is another European system (Lambert conic); the bounds are in EPSG:3035.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3034")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: corner-and-size | box takes two corners; here the width and the height stand in place of the second one.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds.left, tile_bounds.bottom, tile_bounds.right - tile_bounds.left, tile_bounds.top - tile_bounds.bottom)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: side-of-250-metres | The patch has 250 pixels of 10 m, so its side is 2500 m and not 250 m.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(tile_bounds.left, tile_bounds.bottom, tile_bounds.left + 250, tile_bounds.bottom + 250)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: buffered | The rectangle was enlarged by 100 m; the outline of the patch itself is asked.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds).buffer(100)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: boundary-line | The frame holds the boundary line and not the rectangle (a polygon).
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom.boundary], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: bounds-for-a-frame | gdf_wgs84 holds the bounds (four numbers) instead of the converted frame, and the cell stops.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326").total_bounds

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: rounded-degrees | The degrees were rounded to two decimals, about 1 km, so the outline is lost.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:4326")
gdf_wgs84["geometry"] = [box(*gdf_wgs84.total_bounds.round(2))]

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: converted-the-wrong-way | The transformer goes from degrees to metres, the wrong way round, so no valid coordinates come out.
import geopandas as gpd
from pyproj import Transformer
from shapely.geometry import box
from shapely.ops import transform

tile_geom = box(*tile_bounds)
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")
t = Transformer.from_crs("EPSG:4326", "EPSG:3035", always_xy=True)
gdf_wgs84 = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[transform(t.transform, tile_geom)], crs="EPSG:4326")

print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: units-divided-by-hand | Metres were divided by 111 km to get degrees; that is no conversion from EPSG:3035.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.set_geometry(gdf.scale(1 / 111320, 1 / 111320, origin=(0, 0))).set_crs("EPSG:4326", allow_override=True)

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: both-frames-in-degrees | gdf itself was converted to degrees as well; it must stay in EPSG:3035.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf.to_crs("EPSG:4326", inplace=True)
gdf_wgs84 = gdf.copy()

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% wrong: two-buffer-and-utm | Two mistakes: the rectangle was enlarged by 100 m, and the target is UTM instead of degrees.
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds).buffer(100)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs("EPSG:32631")

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)

# %% right: init-dict-both
import geopandas as gpd
from shapely.geometry import box

# Step 1: make a rectangle from the bounds
tile_geom = box(*tile_bounds)

# Step 2: put it into a GeoDataFrame in EPSG:3035
gdf = gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs={"init": "epsg:3035"})

# Step 3: convert it to degrees
gdf_wgs84 = gdf.to_crs({"init": "epsg:4326"})

# Step 4: compare the bounds
print("EPSG:3035 bounds:", gdf.total_bounds)
print("EPSG:4326 bounds:", gdf_wgs84.total_bounds)
