"""More answers to exercise 03: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: class-and-type-hints
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import rasterio
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.plot import reshape_as_image

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)


@dataclass(frozen=True)
class Patch:
    data: np.ndarray
    crs: CRS
    bounds: BoundingBox

    @classmethod
    def from_url(cls, url: str, bands: tuple[int, ...] = (4, 3, 2)) -> "Patch":
        try:
            with rasterio.open(url) as dataset:
                return cls(dataset.read(list(bands)), dataset.crs, dataset.bounds)
        except rasterio.errors.RasterioIOError as error:
            raise SystemExit(f"cannot open {url}: {error}")

    def as_image(self, percent: float = 98) -> np.ndarray:
        image = reshape_as_image(self.data)
        return (image / np.percentile(image, percent)).clip(0, 1)


patch = Patch.from_url(tile_url)
rgb_data, tile_crs, tile_bounds = patch.data, patch.crs, patch.bounds
rgb = patch.as_image()

fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title(f"Sentinel-2 RGB composite, {tile_crs}")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: rasterio-plot-show
import matplotlib.pyplot as plt
import numpy as np
import rasterio
from rasterio.plot import show

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    rgb_data = src.read((4, 3, 2))
    tile_crs = src.crs
    tile_bounds = src.bounds
    transform = src.transform

p98 = np.quantile(rgb_data, 0.98)
scaled = np.minimum(np.maximum(rgb_data / p98, 0), 1)
rgb = np.rollaxis(scaled, 0, 3)

fig, ax = plt.subplots(figsize=(5, 5))
show(scaled, ax=ax, transform=transform, title="Sentinel-2 RGB composite")
plt.show()

# %% right: in-memory-file-after-a-download
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

import requests
from rasterio.io import MemoryFile

answer = requests.get(tile_url, timeout=60)
answer.raise_for_status()
with MemoryFile(answer.content) as memory, memory.open() as src:
    rgb_data = np.array([src.read(band) for band in (4, 3, 2)], dtype="float32")
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: clip-first-at-the-percentile
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    cube = src.read()
    tile_crs, tile_bounds = src.crs, src.bounds
rgb_data = cube[1:4][::-1]  # blue, green, red turned round
p98 = np.percentile(rgb_data, 98)
rgb = (np.clip(rgb_data, 0, p98) / p98).transpose(1, 2, 0)

fig = plt.figure(figsize=(5, 5))
ax = fig.add_axes([0, 0, 1, 0.9])
ax.imshow(rgb, interpolation="nearest")
ax.set(title="Sentinel-2 RGB composite", xticks=[], yticks=[])
plt.show()

# %% right: pandas-quantile-and-mosaic
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

import pandas as pd

with rasterio.open(tile_url) as src:
    bands = {name: src.read(i).ravel() for name, i in {"red": 4, "green": 3, "blue": 2}.items()}
    hauteur, largeur = src.height, src.width
    tile_crs, tile_bounds = src.crs, src.bounds
df = pd.DataFrame(bands)
p98 = df.stack().quantile(0.98)
rgb = df.div(p98).clip(0, 1).to_numpy().reshape(hauteur, largeur, 3)
rgb_data = df.to_numpy().reshape(hauteur, largeur, 3).transpose(2, 0, 1)
print(df.describe())

fig, axd = plt.subplot_mosaic([["image"]], figsize=(5, 5), layout="constrained")
ax = axd["image"]
ax.imshow(rgb)
ax.set_axis_off()
plt.show()

# %% right: flipped-for-origin-lower
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

from rasterio.windows import Window

with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2], window=Window(0, 0, src.width, src.height), out_dtype="float32")
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

fig, ax = plt.subplots(figsize=(6, 6))
ax.imshow(rgb[::-1], origin="lower", extent=[tile_bounds.left, tile_bounds.right, tile_bounds.bottom, tile_bounds.top])
ax.set_xlabel("Easting (m)")
ax.set_ylabel("Northing (m)")
ax.ticklabel_format(useOffset=False, style="plain")
plt.show()

# %% right: pcolormesh-turned-over
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

fig, ax = plt.subplots(figsize=(5, 5))
ax.pcolormesh(rgb)
ax.invert_yaxis()
ax.set_aspect("equal")
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.show()

# %% right: text-crs-and-tuple-of-bounds
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs.to_string()
    tile_bounds = tuple(src.bounds)

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()
print(tile_crs, tile_bounds, rgb.min(), rgb.max())

# %% wrong: stretch-of-arcgis | The image is stretched from the 2nd to the 98th percentile; only a division by the 98th is asked.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p2, p98 = np.percentile(rgb, (2, 98))
rgb = np.clip((rgb - p2) / (p98 - p2), 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: bytes-kept-in-rgb | rgb runs from 0 to 255 as whole numbers; the range from 0 to 1 is asked.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = (np.clip(rgb / p98, 0, 1) * 255).astype(np.uint8)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: upper-left-part-only | Only the upper left 100 by 100 pixels were read, not the whole patch.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])[:, :100, :100]
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: slice-of-the-array-2-to-5 | After reading all bands Python counts from 0, so 2:5 are bands 3, 4 and 5 (green, red, red edge).
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read()[2:5]
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: drawn-upside-down | origin='lower' draws the first row, the north, at the bottom: the picture is upside down.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb, origin="lower")
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: clipped-at-p98-not-divided | The values are clipped at the 98th percentile but never divided by it, so the image stays dark.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb, 0, p98)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: percentile-by-column | axis=0 gives a percentile for each column and band instead of one of all values together.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98, axis=0)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: brightened-with-a-square-root | A square root (gamma) was applied after the scaling, which was not asked and changes all values.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1) ** 0.5

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: bounds-called-like-a-function | src.bounds is a value and not a function: without brackets; the cell stopped there.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds()

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: grey-picture-of-red | Only the first channel (red) is drawn, in grey, instead of rgb.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb[:, :, 0], cmap="gray")
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: band-and-scale-swapped-in-read | Only band 4 was read; three bands in a list are needed for colour.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read(4)
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.stack([rgb_data] * 3, axis=-1).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: turned-by-a-quarter | The image was rotated by 90 degrees; only the axis of the bands has to move.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.rot90(np.transpose(rgb_data, (1, 2, 0))).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% wrong: two-stretch-and-upside-down | Two mistakes: each band is stretched between its own smallest and largest value, and the picture is upside down.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
lo, hi = rgb.min((0, 1)), rgb.max((0, 1))
rgb = (rgb - lo) / (hi - lo)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb, origin="lower")
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: before-and-after-panels
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, (ax0, ax) = plt.subplots(1, 2, figsize=(10, 5))
ax0.imshow(np.transpose(rgb_data, (1, 2, 0)))
ax0.set_title("raw")
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: histogram-left
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, (ax_hist, ax) = plt.subplots(1, 2, figsize=(10, 5))
ax_hist.hist(rgb_data.ravel(), bins=50)
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: bands-then-picture
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, axs = plt.subplots(1, 4, figsize=(16, 4))
for k, name in enumerate(["red", "green", "blue"]):
    axs[k].imshow(rgb_data[k], cmap="gray")
    axs[k].set_title(name)
ax = axs[3]
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: inset-figure-axes
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and read red, green and blue
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds

# Steps 2 and 3: put the colours last and scale them for display
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)

# Step 4: show it
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
inset = fig.add_axes([0.0, 0.6, 0.3, 0.3])
inset.imshow(rgb[:50, :50])
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()
