import rasterio
import numpy as np
import matplotlib.pyplot as plt
tile_url = (
"https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
"data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
"FRJ27/2018/250/3649890_2331750_0_937.tif"
)
with rasterio.open(tile_url) as src:
    rgb_data = src.read([4, 3, 2])
    tile_crs = src.crs
    tile_bounds = src.bounds
rgb = np.transpose(rgb_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
rgb = np.clip(rgb / p98, 0, 1)
fig, ax = plt.subplots(figsize=(5, 5))
ax.imshow(rgb)
ax.set_title("Sentinel-2 RGB composite")
ax.axis("off")
plt.tight_layout()
plt.show()
