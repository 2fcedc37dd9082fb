import rasterio
import numpy as np
import matplotlib.pyplot as plt
tile_url = (
"https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
"data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
"FRJ27/2018/250/3649890_2331750_0_937.tif"
)
with rasterio.open(tile_url) as src:
    nir = src.read(8).astype(np.float32)
    red = src.read(4).astype(np.float32)
ndvi = np.where(nir + red == 0, 0, (nir - red) / (nir + red))
fig, ax = plt.subplots(figsize=(6, 5))
im = ax.imshow(ndvi, cmap="RdYlGn", vmin=-1, vmax=1)
ax.set_title("NDVI — FRJ27 (2018)")
ax.axis("off")
fig.colorbar(im, ax=ax, shrink=0.8, label="NDVI")
plt.tight_layout()
plt.show()
