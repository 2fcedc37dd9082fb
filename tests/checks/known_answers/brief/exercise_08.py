import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds
west, south, east, north = transform_bounds(
tile_crs, "EPSG:4326", *tile_bounds
)
center_lat = (south + north) / 2
center_lon = (west + east) / 2
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)
ImageOverlay(
image=rgb,
bounds=[[south, west], [north, east]],
opacity=0.7,
).add_to(m)
m
