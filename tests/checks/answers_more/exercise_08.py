"""More answers to exercise 08: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: everything-folium-has
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2


import numpy as np

m = folium.Map(location=[center_lat, center_lon], zoom_start=14, tiles=None, control_scale=True)
folium.TileLayer("OpenStreetMap", name="Streets").add_to(m)
group = folium.FeatureGroup(name="Sentinel-2", overlay=True, show=True)
ImageOverlay(
    image=rgb.astype(np.float64),
    bounds=[[south, west], [north, east]],
    opacity=0.6,
    name="True colour",
    interactive=True,
    cross_origin=False,
    zindex=1,
).add_to(group)
group.add_to(m)
folium.Rectangle([[south, west], [north, east]], color="red", fill=False, tooltip="FRJ27").add_to(m)
m.get_root().html.add_child(folium.Element("<h4>The practice patch</h4>"))
m.fit_bounds([[south, west], [north, east]])
folium.LayerControl(collapsed=False).add_to(m)
m

# %% right: picture-saved-with-imsave
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2


import matplotlib.pyplot as plt

plt.imsave("patch.png", rgb)
m = folium.Map((center_lat, center_lon), zoom_start=14)
overlay = ImageOverlay("patch.png", [(south, west), (north, east)], opacity=0.8)
overlay.add_to(m)
m.save("map.html")
m

# %% right: data-address-in-base64
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2


import base64
import io

import numpy as np
from PIL import Image

buffer = io.BytesIO()
Image.fromarray(np.uint8(rgb * 255)).save(buffer, format="PNG")
address = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)
m.add_child(ImageOverlay(image=address, bounds=[[south, west], [north, east]], opacity=0.7))
m

# %% right: transformer-on-an-edge-ring
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from pyproj import Transformer

to_degrees = Transformer.from_crs(tile_crs.to_wkt(), 4326, always_xy=True)
west, south, east, north = to_degrees.transform_bounds(*tile_bounds, densify_pts=21)
center_lat, center_lon = np.mean([south, north]), np.mean([west, east])
m = folium.Map(location=[center_lat, center_lon], zoom_start=15)
m.add_child(ImageOverlay(rgb, bounds=[[south, west], [north, east]], opacity=0.5, origin="upper", pixelated=False))
m

# %% right: function-with-hints
import folium
import numpy as np
from folium.raster_layers import ImageOverlay
from rasterio.crs import CRS
from rasterio.warp import transform_bounds


def map_of(image: np.ndarray, crs: CRS, bounds: tuple, *, opacity: float = 0.7) -> folium.Map:
    """A web map with `image` laid over it."""
    w, s, e, n = transform_bounds(crs, CRS.from_epsg(4326), *bounds)
    base = folium.Map(location=[(s + n) / 2, (w + e) / 2], zoom_start=14)
    layer = ImageOverlay(image=image, bounds=[[s, w], [n, e]], opacity=opacity)
    base.add_child(layer, name="patch")
    return base


west, south, east, north = transform_bounds(tile_crs, CRS.from_epsg(4326), *tile_bounds)
center_lat = 0.5 * (south + north)
center_lon = 0.5 * (west + east)
m = map_of(rgb, tile_crs, tile_bounds)
m

# %% right: centre-of-a-shapely-box
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
from shapely.geometry import box

middle = box(west, south, east, north).centroid
center_lat, center_lon = middle.y, middle.x

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7, name="RGB").add_to(m)
folium.Marker([center_lat, center_lon], popup="Centre").add_to(m)
folium.LayerControl().add_to(m)

m

# %% right: figure-around-the-map
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2


from branca.element import Figure

frame = Figure(width=700, height=500)
m = folium.Map(location=[center_lat, center_lon], zoom_start=13, max_zoom=18)
frame.add_child(m)
ImageOverlay(image=(rgb * 255).round().astype("uint8"), bounds=((south, west), (north, east)), opacity=1).add_to(m)
m

# %% wrong: saved-map-in-m | m.save returns nothing: m is None, and the map is lost.
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
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m = m.save("map.html")
m

# %% wrong: map-of-the-example | The map is centred on the middle of France, as in the example, and not on the patch.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[46.5, 2.5], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: rectangle-instead-of-the-image | A rectangle marks the place, but the image itself was not laid over the map.
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
folium.Rectangle([[south, west], [north, east]], fill=True).add_to(m)

m

# %% wrong: red-and-blue-swapped | The colours of the image were reversed: red and blue are swapped.
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
ImageOverlay(image=rgb[:, :, ::-1], bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: bands-first | The colours stand in the first axis; folium wants (rows, columns, colours).
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
ImageOverlay(image=rgb.transpose(2, 0, 1), bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: name-of-the-image-as-text | image='rgb' is a text, which folium takes for the name of a file; the array has no quotation marks.
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
ImageOverlay(image="rgb", bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: mirrored-left-right | The image was mirrored: west and east are exchanged.
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
ImageOverlay(image=rgb[:, ::-1], bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: rounded-to-two-decimals | The edges were rounded to two decimals, which shifts the image by hundreds of metres.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)
west, south, east, north = [round(v, 2) for v in (west, south, east, north)]

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: square-guessed-in-degrees | The edges were guessed from the centre with a fixed number of degrees instead of being converted.
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
ImageOverlay(image=rgb, bounds=[[center_lat - 0.0125, center_lon - 0.0125], [center_lat + 0.0125, center_lon + 0.0125]], opacity=0.7).add_to(m)

m

# %% wrong: north-twice | The second corner is north and north; it must be north and east.
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
ImageOverlay(image=rgb, bounds=[[south, west], [north, north]], opacity=0.7).add_to(m)

m

# %% wrong: utm | EPSG:32631 gives metres of UTM; folium wants degrees, EPSG:4326.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:32631", *tile_bounds)

# Step 2: compute the centre
center_lat = (south + north) / 2
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: false-colour-or-grey | The image is the mean of the three colours, so it is grey; rgb itself is asked.
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
ImageOverlay(image=rgb.mean(axis=2), bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% wrong: two-grey-and-centre-off | Two mistakes: the image is grey (one band), and the centre lies on the southern edge.
import folium
from folium.raster_layers import ImageOverlay
from rasterio.warp import transform_bounds

# Step 1: convert the bounds to degrees
west, south, east, north = transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)

# Step 2: compute the centre
center_lat = south
center_lon = (west + east) / 2

# Step 3: make the map
m = folium.Map(location=[center_lat, center_lon], zoom_start=14)

# Step 4: lay the image over it
ImageOverlay(image=rgb[:, :, 0], bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)

m

# %% right: two-overlays-second-hidden
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
ImageOverlay(image=rgb, bounds=[[south, west], [north, east]], opacity=0.7).add_to(m)
ImageOverlay(image=rgb[:, :, 0], bounds=[[south, west], [north, east]], name="red only", show=False).add_to(m)
folium.LayerControl().add_to(m)

m
