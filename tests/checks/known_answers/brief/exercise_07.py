import geopandas as gpd
from shapely.geometry import box
nuts_url = (
"https://gisco-services.ec.europa.eu/distribution/v2/"
"nuts/geojson/NUTS_RG_01M_2021_3035_LEVL_3.geojson"
)
nuts = gpd.read_file(nuts_url)
tile_geom = box(*tile_bounds)
tile_gdf = gpd.GeoDataFrame(
{"tile": ["FRJ27"]}, geometry=[tile_geom], crs=tile_crs
)
joined = gpd.sjoin(tile_gdf, nuts, predicate="intersects")
for _, row in joined.iterrows():
    print(f"NUTS_ID: {row['NUTS_ID']}, NUTS_NAME: {row['NUTS_NAME']}")
area_km2 = tile_geom.area / 1e6
print(f"Tile area: {area_km2:.2f} km²")
