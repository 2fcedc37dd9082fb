"""More answers to exercise 05: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: pcolormesh-turned-over
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

fig, ax = plt.subplots(figsize=(6, 5))
im = ax.pcolormesh(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.invert_yaxis()
ax.set_aspect("equal")
ax.set_title("NDVI")
cbar = fig.colorbar(im, ax=ax)
cbar.set_label("NDVI")
plt.show()

# %% right: bar-of-a-scalar-mappable
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

from matplotlib.cm import ScalarMappable
from matplotlib.colors import TwoSlopeNorm

norm = TwoSlopeNorm(vmin=-1, vcenter=0, vmax=1)
palette = plt.get_cmap("RdYlGn")
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(palette(norm(ndvi)))
ax.axis("off")
fig.colorbar(ScalarMappable(norm=norm, cmap=palette), ax=ax, label="NDVI")
plt.show()

# %% right: warnings-caught-and-locatable-axes
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

import warnings

from mpl_toolkits.axes_grid1 import make_axes_locatable

with rasterio.open(tile_url) as src:
    nir, red = src.read([8, 4]).astype("float32")

with warnings.catch_warnings():
    warnings.simplefilter("ignore", RuntimeWarning)
    ndvi = np.nan_to_num((nir - red) / (nir + red), nan=0.0, posinf=0.0, neginf=0.0)

fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap=plt.cm.RdYlGn, clim=(-1, 1))
divider = make_axes_locatable(ax)
cax = divider.append_axes("right", size="5%", pad=0.05)
plt.colorbar(im, cax=cax)
ax.axis("off")
plt.show()

# %% right: list-comprehension-of-rows
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

def ndvi_of_pixel(n, r):
    return (n - r) / (n + r) if n + r else 0.0


ndvi = np.array([[ndvi_of_pixel(n, r) for n, r in zip(*rows)] for rows in zip(nir, red)], dtype=np.float32)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: class-with-static-methods
from typing import Final

import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

BANDS: Final = {"nir": 8, "red": 4}


class SpectralIndex:
    """Normalised difference of two bands."""

    def __init__(self, url: str) -> None:
        self.url = url

    def band(self, name: str) -> np.ndarray:
        with rasterio.open(self.url) as dataset:
            return dataset.read(BANDS[name], out_dtype=np.float32)

    @staticmethod
    def difference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        out = np.zeros(a.shape, dtype=a.dtype)
        valid = (a + b) != 0
        out[valid] = (a[valid] - b[valid]) / (a[valid] + b[valid])
        return out


index = SpectralIndex(tile_url)
nir, red = index.band("nir"), index.band("red")
ndvi = index.difference(nir, red)
assert ndvi.shape == (250, 250) and np.isfinite(ndvi).all()
print(f"NDVI between {ndvi.min():.2f} and {ndvi.max():.2f}")

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: ratio-rewritten
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# (n - r) / (n + r) = 2 n / (n + r) - 1
somme = np.where(nir + red == 0, 1, nir + red)
ndvi = np.where(nir + red == 0, 0, 2 * nir / somme - 1)

# Step 3: show it
fig, ax = plt.subplots(1, 1, figsize=(7, 6), constrained_layout=True)
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, orientation="horizontal", label="NDVI")
plt.show()

# %% right: masked-array-division
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

ndvi = np.ma.divide(nir - red, nir + red).filled(0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1, origin='upper', extent=[*src.bounds][0::2] + [*src.bounds][1::2])
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: negative-values-cut-off | Negative values were cut off at 0, so water and shade are lost; NDVI runs from -1 to 1.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0).clip(0, 1)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: stretched-to-bytes | The NDVI was stretched to 0..255 as in image software; it must stay between -1 and 1.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)
ndvi = ((ndvi + 1) * 127.5).astype(np.uint8)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=0, vmax=255)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: savi | This is the soil-adjusted index SAVI, with 0.5 in the denominator, not the NDVI.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = 1.5 * (nir - red) / (nir + red + 0.5)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: water-index | This is the water index (green minus near infrared); NDVI is near infrared minus red.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(3).astype(np.float32)
    red = src.read(8).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: red-edge | Band 5 is a red-edge band; the NDVI uses red, band 4.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(5).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: from-the-stretched-picture | The bands were taken from the picture fc, which is clipped for display, instead of the reflectances.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

nir = fc[:, :, 0]
red = fc[:, :, 1]

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: minus-9999-as-in-arcgis | Where both bands are 0 the NDVI is set to -9999; it should be 0.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.full_like(total, -9999), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: np-float-of-an-old-tutorial | np.float no longer exists in NumPy; write np.float32. The cell stopped there.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: transposed | Rows and columns of the NDVI are exchanged, so the map is mirrored along its diagonal.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0).T

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: yellow-to-green | The colour map is YlGn instead of RdYlGn.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="YlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: limits-of-half | The colours run from -0.5 to 0.5 instead of -1 to 1.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-0.5, vmax=0.5)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: bar-from-zero-to-one | The colour bar was made by hand from 0 to 1, but the picture runs from -1 to 1.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(plt.cm.ScalarMappable(norm=plt.Normalize(0, 1), cmap="RdYlGn"), ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: rounded-to-whole-numbers | The NDVI was rounded to whole numbers, so only -1, 0 and 1 are left.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0).round()

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: two-water-index-and-wrong-map | Two mistakes: green (band 3) stands in place of red, and the colour map is viridis.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(3).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="viridis", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: rgb-left-ndvi-right
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
ndvi = np.divide(nir - red, nir + red, out=np.zeros_like(nir), where=(nir + red) != 0)

# Step 3: show it
fig, (ax_rgb, ax) = plt.subplots(1, 2, figsize=(12, 5))
ax_rgb.imshow(rgb)
ax_rgb.axis("off")
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: hist-left
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
ndvi = np.divide(nir - red, nir + red, out=np.zeros_like(nir), where=(nir + red) != 0)

# Step 3: show it
fig, (axh, ax) = plt.subplots(1, 2, figsize=(12, 5))
axh.hist(ndvi.ravel(), bins=40)
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: green-band-too
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: read near infrared and red
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
ndvi = np.divide(nir - red, nir + red, out=np.zeros_like(nir), where=(nir + red) != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()
with rasterio.open(tile_url) as src:
    green = src.read(3)
ndwi = (green - nir) / np.where(green + nir == 0, 1, green + nir)
fig, ax = plt.subplots()
im = ax.imshow(ndwi, cmap="RdBu", vmin=-1, vmax=1)
fig.colorbar(im)
plt.show()
