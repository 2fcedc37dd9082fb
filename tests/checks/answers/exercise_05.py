"""Answers to exercise 5, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: where-inside-errstate
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

with np.errstate(divide="ignore", invalid="ignore"):
    ndvi = np.where(nir + red == 0, 0, (nir - red) / (nir + red))

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: nan-on-purpose
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

# sans signal, pas d'indice : NaN plutôt que 0
somme = nir + red
ndvi = np.full(somme.shape, np.nan, dtype=np.float32)
np.divide(nir - red, somme, out=ndvi, where=somme > 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: boolean-index
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

ndvi = np.zeros(nir.shape, dtype=np.float32)
ok = (nir + red) != 0
ndvi[ok] = (nir[ok] - red[ok]) / (nir[ok] + red[ok])

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: safe-denominator
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

denominator = nir + red
denominator[denominator == 0] = 1
ndvi = (nir - red) / denominator

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: tiny-epsilon
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

ndvi = (nir - red) / (nir + red + 1e-10)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: masked-array-filled-with-zero
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

total = np.ma.masked_equal(nir + red, 0)
ndvi = ((nir - red) / total).filled(0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: float64-without-cast
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    nir = src.read(8)
    red = src.read(4)

total = nir + red
ndvi = np.zeros_like(total)
np.divide(nir - red, total, out=ndvi, where=(total != 0))

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: nan-to-num-after-division
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    nir, red = src.read([8, 4]).astype("float32")

with np.errstate(all="ignore"):
    ndvi = np.nan_to_num((nir - red) / (nir + red), nan=0.0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: own-function-out-dtype
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)



def normalised_difference(a, b):
    """(a - b) / (a + b), 0 where both are 0."""
    upper, lower = a - b, a + b
    result = np.zeros_like(lower)
    return np.divide(upper, lower, out=result, where=lower != 0)


with rasterio.open(tile_url) as src:
    nir = src.read(8, out_dtype=np.float32)
    red = src.read(4, out_dtype=np.float32)

ndvi = normalised_difference(nir, red)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: slow-double-loop
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

height, width = nir.shape
ndvi = np.zeros((height, width))
for i in range(height):
    for j in range(width):
        s = nir[i, j] + red[i, j]
        if s != 0:
            ndvi[i, j] = (nir[i, j] - red[i, j]) / s

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% right: clim-and-plt-colorbar
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

fig = plt.figure(figsize=(8, 6))
im = plt.imshow(ndvi, cmap=plt.cm.RdYlGn)
plt.clim(-1, 1)
plt.colorbar(im, label="NDVI", orientation="horizontal", fraction=0.046, pad=0.04)
plt.title("NDVI")
plt.axis("off")
plt.show()

# %% right: normalize-object-and-cax
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

from matplotlib.colors import Normalize
from mpl_toolkits.axes_grid1 import make_axes_locatable

fig, ax = plt.subplots(figsize=(7, 6))
im = ax.imshow(ndvi, cmap="RdYlGn", norm=Normalize(vmin=-1, vmax=1))
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
cax = make_axes_locatable(ax).append_axes("right", size="5%", pad=0.1)
cbar = fig.colorbar(im, cax=cax)
cbar.set_label("NDVI")
plt.show()

# %% right: all-bands-index-from-zero
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    bands = src.read().astype(np.float32)
nir = bands[7]
red = bands[3]

total = nir + red
ndvi = np.where(total == 0, 0, (nir - red) / np.where(total == 0, 1, total))

fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn")
im.set_clim(-1, 1)
ax.set(title="NDVI")
ax.set_axis_off()
plt.colorbar(im, ax=ax).set_label("NDVI")
plt.tight_layout()
plt.show()

# %% right: pandas-fillna
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)

# je suis plus à l'aise avec pandas
haut = pd.DataFrame(nir - red)
bas = pd.DataFrame(nir + red)
ndvi = (haut / bas).fillna(0).to_numpy()

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: red-minus-nir | The difference is the wrong way round, so plants get negative values; it is near infrared minus red.
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
ndvi = np.divide(red - nir, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: bands-swapped | nir holds band 4 and red holds band 8, so the NDVI has the wrong sign.
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
    nir = src.read(4).astype(np.float32)
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

# %% wrong: band-9-is-8a | Band number 9 is B8A, the narrow near infrared; B8 has number 8.
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
    nir = src.read(9).astype(np.float32)
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

# %% wrong: bands-from-zero | Rasterio counts from 1, so 7 and 3 are red edge and green, not near infrared and red.
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
    nir = src.read(7).astype(np.float32)
    red = src.read(3).astype(np.float32)

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

# %% wrong: array-index-8-and-4 | In the array of all bands Python counts from 0, so index 8 and 4 are B8A and B5.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    bands = src.read().astype(np.float32)
nir = bands[8]
red = bands[4]

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

# %% wrong: green-for-red | Green (band 3) is used instead of red (band 4); this is not the NDVI.
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
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: layer-13 | Layer 13 is the median of the NDVI of all dates, not the NDVI of bands 8 and 4.
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

with rasterio.open(tile_url) as src:
    ndvi = src.read(13).astype(np.float32)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: brackets-forgotten | Without brackets only red is divided by nir; difference and sum both need brackets.
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

ndvi = nir - red / nir + red
ndvi = np.nan_to_num(ndvi, nan=0.0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: brackets-around-the-sum-forgotten | Only the difference has brackets, so it is divided by nir alone and red is added afterwards.
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

with np.errstate(invalid="ignore", divide="ignore"):
    ndvi = np.where(nir + red == 0, 0, (nir - red) / nir + red)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: simple-ratio | This is the simple ratio nir / red, not the normalised difference.
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

ndvi = np.divide(nir, red, out=np.zeros_like(nir), where=red != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: not-normalised | The difference is never divided by the sum.
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

ndvi = nir - red

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: plus-one | Adding 1 to the denominator avoids the division by zero but makes every NDVI far too small.
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

ndvi = (nir - red) / (nir + red + 1)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: zero-denominator-ignored | Where both bands are 0 the division gives NaN and a warning; 0 was asked there.
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

ndvi = (nir - red) / (nir + red)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: one-for-zero-denominator | Where both bands are 0 the NDVI is set to 1, like the densest forest; it should be 0.
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

total = nir + red
ndvi = np.divide(nir - red, total, out=np.ones_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: whole-numbers | Reflectances below 1 become 0 as whole numbers; the bands must be read as float32.
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
    nir = src.read(8).astype(int)
    red = src.read(4).astype(int)

total = nir + red
ndvi = np.where(total == 0, 0, (nir - red) / np.where(total == 0, 1, total))

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: limits-forgotten | Without limits of -1 and 1 the colours spread over the smallest and largest value of this patch.
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
im = ax.imshow(ndvi, cmap="RdYlGn")
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: limits-0-to-1 | The colours start at 0 instead of -1, so bare ground looks like the lowest possible value.
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
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=0, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: default-colour-map | The default colour map was used instead of RdYlGn.
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
im = ax.imshow(ndvi, vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: reversed-colour-map | The colour map is reversed (RdYlGn_r), so plants turn red.
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
im = ax.imshow(ndvi, cmap="RdYlGn_r", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: colour-bar-missing | The map has no colour bar.
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
plt.tight_layout()
plt.show()

# %% wrong: colour-bar-of-another-image | The colour bar was made for another image and does not belong to the NDVI shown.
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
fig.colorbar(plt.cm.ScalarMappable(cmap="RdYlGn"), ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: nir-drawn | The picture shows the near-infrared band instead of the NDVI.
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
im = ax.imshow(nir, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: colour-map-name-typo | There is no colour map of that name; it is written RdYlGn.
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
im = ax.imshow(ndvi, cmap="RdYlgn", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: display-left-blank | The drawing and the colour bar are still blank.
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
im = ___  # TODO: draw the NDVI with the colour map RdYlGn, from -1 to 1
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
___  # TODO: add a colour bar with the label NDVI
plt.tight_layout()
plt.show()

# %% wrong: sign-and-colours-reversed | Two mistakes that cancel in the picture: the difference is red minus near infrared, and the colour map is reversed.
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
ndvi = np.divide(red - nir, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn_r", vmin=-1, vmax=1)
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()

# %% wrong: band-8a-and-no-limits | Two mistakes: band 9 (B8A) is used for near infrared, and the colour limits are missing.
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
    nir = src.read(9).astype(np.float32)
    red = src.read(4).astype(np.float32)

# Step 2: compute the NDVI
total = nir + red
ndvi = np.divide(nir - red, total, out=np.zeros_like(total), where=total != 0)

# Step 3: show it
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn")
ax.set_title("NDVI, FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()
