"""Answers to exercise 8, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: bytes-and-layer-control
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# image en octets, avec un nom pour le panneau des couches
image = (rgb * 255).astype(np.uint8)
overlay = ImageOverlay(
    image=image, bounds=[[south, west], [north, east]], opacity=0.6, name="Sentinel-2", interactive=True
)
overlay.add_to(m)
folium.LayerControl().add_to(m)

m

# %% right: rgba-image
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

alpha = np.ones(rgb.shape[:2] + (1,), dtype=rgb.dtype)
rgba = np.concatenate([rgb, alpha], axis=2)
ImageOverlay(rgba, [[south, west], [north, east]], opacity=0.75).add_to(m)
m

# %% right: png-file
import folium
import matplotlib.pyplot as plt
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# the overlay also takes the path of an image
plt.imsave("patch.png", rgb)
folium.raster_layers.ImageOverlay(
    image="patch.png", bounds=[[south, west], [north, east]], opacity=0.5
).add_to(m)
m

# %% right: reprojected-image-of-the-text
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# the image that was reprojected above fits better; its empty corners become transparent
inside = ~np.isnan(example_warped[:, :, :1])
warped = np.concatenate([np.nan_to_num(example_warped), inside], axis=2)
ImageOverlay(image=warped, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% right: reprojected-by-hand
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.transform import from_bounds
from rasterio.warp import reproject, transform_bounds

west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)
center_lat, center_lon = (south + north) / 2, (west + east) / 2

height, width = rgb.shape[:2]
warped = np.zeros((3, 300, 300), dtype=np.uint8)
reproject(
    (rgb * 255).astype(np.uint8).transpose(2, 0, 1),
    warped,
    src_transform=from_bounds(*tile_bounds, width, height),
    src_crs=tile_crs,
    dst_transform=from_bounds(west, south, east, north, 300, 300),
    dst_crs="EPSG:4326",
)

m = folium.Map(location=[center_lat, center_lon], zoom_start=14)
ImageOverlay(image=warped.transpose(1, 2, 0), bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)
m

# %% right: bounds-of-pyproj
import folium
from folium.raster_layers import ImageOverlay
from pyproj import Transformer

# pyproj instead of rasterio; always_xy puts longitude first
to_wgs84 = Transformer.from_crs(tile_crs.to_epsg(), 4326, always_xy=True)
west, south, east, north = to_wgs84.transform_bounds(*tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% right: bounds-of-geopandas
import folium
import geopandas as gpd
from folium.raster_layers import ImageOverlay
from shapely.geometry import box

tile = gpd.GeoDataFrame(geometry=[box(*tile_bounds)], crs=tile_crs).to_crs(epsg=4326)
west, south, east, north = tile.total_bounds

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% right: add-child-and-means
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

west, south, east, north = transform_bounds(
    src_crs="EPSG:3035", dst_crs="EPSG:4326",
    left=tile_bounds.left, bottom=tile_bounds.bottom, right=tile_bounds.right, top=tile_bounds.top,
)

center_lat = np.mean([south, north])
center_lon = np.mean([west, east])

m = folium.Map((center_lat, center_lon), zoom_start=14, tiles="OpenStreetMap", width=700, height=500)

south_west = (south, west)
north_east = (north, east)
m.add_child(ImageOverlay(rgb, bounds=[south_west, north_east], opacity=0.8))
m

# %% right: feature-group
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

group = folium.FeatureGroup(name="Sentinel-2")
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(group)
group.add_to(m)
folium.Marker([center_lat, center_lon], tooltip="Centre").add_to(m)
m

# %% right: centre-by-half-the-difference
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

bords = transform_bounds(tile_crs, "epsg:4326", *tile_bounds)
west, south, east, north = bords

# milieu = bord + moitié de la largeur
center_lat = south + (north - south) / 2
center_lon = west + (east - west) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

superposition = ImageOverlay(
    image=rgb,
    bounds=[[bords[1], bords[0]], [bords[3], bords[2]]],
    opacity=0.7,
    cross_origin=False,
    zindex=1,
)
superposition.add_to(m)
m

# %% right: more-points-on-the-edges
import folium
from IPython.display import display
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

west, south, east, north = transform_bounds(tile_crs, 4326, *tile_bounds, densify_pts=100)

center_lat = sum([south, north]) / 2
center_lon = sum([west, east]) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

ImageOverlay(image=rgb.astype("float64"), bounds=[[south, west], [north, east]], opacity=0.4).add_to(m)
folium.Rectangle(bounds=[[south, west], [north, east]], fill=False).add_to(m)
display(m)

# %% right: origin-lower-and-options-dict
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

options = {"location": [center_lat, center_lon], "zoom_start": 14, "control_scale": True}
m = folium.Map(**options)

image_bounds = [[south, west], [north, east]]
# row 0 at the bottom, and told so
m.add_child(ImageOverlay(image=rgb[::-1], bounds=image_bounds, opacity=0.7, origin="lower"))
m

# %% wrong: location-longitude-first | Folium counts latitude first; the map's location has longitude first and lies in East Africa.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lon, center_lat], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: overlay-longitude-first | The corners of the overlay have longitude first; folium wants [[south, west], [north, east]].
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[west, south], [east, north]], opacity=0.7).add_to(m)

m

# %% wrong: flat-bounds | The overlay's bounds are four numbers in a row; they must be two corners.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[west, south, east, north], opacity=0.7).add_to(m)

m

# %% wrong: overlay-in-metres | The overlay's bounds are still in metres of EPSG:3035; folium wants degrees.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[tile_bounds.bottom, tile_bounds.left], [tile_bounds.top, tile_bounds.right]], opacity=0.7).add_to(m)

m

# %% wrong: corners-in-extent-order | The two corners hold west and east, south and north, as in extent; each corner is a latitude and a longitude.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[west, east], [south, north]], opacity=0.7).add_to(m)

m

# %% wrong: not-converted | The bounds were never converted: they are metres and were taken for degrees.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = tile_bounds

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: crs-swapped | transform_bounds takes the CRS you have first and the one you want second; here they are exchanged.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds("EPSG:4326", tile_crs, *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: web-mercator | EPSG:3857 gives metres of Web Mercator; folium wants degrees, EPSG:4326.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:3857", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: unpacked-in-extent-order | transform_bounds returns west, south, east, north; unpacked as west, east, south, north the names hold the wrong edges.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, east, south, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: star-forgotten | transform_bounds wants the four bounds one by one; the star in front of tile_bounds is missing.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: copied-degrees | The four edges were copied from the text and rounded instead of being converted from tile_bounds.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = 1.6639, 43.7589, 1.6979, 43.7838

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: centre-mixes-edges | The mean latitude was computed from west and east and the mean longitude from south and north.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (west + east) / 2
center_lon = (south + north) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: centre-without-brackets | Without brackets only north and east are halved.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = south + north / 2
center_lon = west + east / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: centre-is-the-difference | Half the difference is half the height of the patch, not its centre; the mean needs a plus.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (north - south) / 2
center_lon = (east - west) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: corner-for-centre | The south-west corner was taken as the centre.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = south
center_lon = west

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: overlay-not-added | The overlay was made but never added to the map with add_to.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7)

m

# %% wrong: m-is-the-overlay | add_to returns the overlay; stored in m it replaces the map.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
m = ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: no-overlay | The map is right, but no image was laid over it.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

m

# %% wrong: image-upside-down | The image was turned upside down; its first row is the north and belongs on top.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb[::-1], bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: rows-and-columns-exchanged | Rows and columns of the image are exchanged, so it is mirrored along its diagonal.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb.transpose(1, 0, 2), bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: black-image | rgb lies between 0 and 1; as whole numbers without multiplying by 255 it is black.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb.astype("uint8"), bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: one-band-only | Only one band of the image was laid over the map, so it is grey.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb[:, :, 0], bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: invisible | With opacity 0 the overlay cannot be seen.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0).add_to(m)

m

# %% right: not-transparent
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]]).add_to(m)

m

# %% right: zoom-forgotten
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon])

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: second-map-shown | The overlay was added to a second map, and m has none.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(folium.Map(location=[center_lat, center_lon], zoom_start=14))

m

# %% wrong: centre-left-blank | The centre and the overlay are still blank.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = ___  # TODO: the mean latitude
center_lon = ___  # TODO: the mean longitude

# Step 3: make the map
m = folium.Map(zoom_start=14)

# Step 4: lay the image over it
___  # TODO: an overlay with image, bounds and opacity, added to the map

m

# %% wrong: longitude-first-everywhere | Two mistakes of one kind: location and overlay both have longitude first.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lon, center_lat], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[west, south], [east, north]], opacity=0.7).add_to(m)

m

# %% wrong: metres-and-not-added | Two mistakes: the bounds were not converted to degrees, and the overlay is not added to the map.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = tile_bounds

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7)

m
