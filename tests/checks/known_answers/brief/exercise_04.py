import rasterio
import numpy as np
import matplotlib.pyplot as plt
tile_url = (
"https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
"data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
"FRJ27/2018/250/3649890_2331750_0_937.tif"
)
with rasterio.open(tile_url) as src:
    print(src.profile)
    fc_data = src.read([8, 4, 3])
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()
