"""Answers to exercise 4, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: meta-instead-of-profile
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.meta)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: profile-printed-line-by-line
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    profile = src.profile
    fc_data = src.read([8, 4, 3])

for key, value in profile.items():
    print(key, ":", value)

fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: unpacked-axes
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

fig, (ax1, ax2) = plt.subplots(1, 2, figsize=(12, 6))
ax1.imshow(rgb)
ax1.set_title("True colour (B4, B3, B2)")
ax1.axis("off")
ax2.imshow(fc)
ax2.set_title("False colour (B8, B4, B3)")
ax2.axis("off")
fig.suptitle("Practice patch")
plt.tight_layout()
plt.show()

# %% right: read-all-index-from-zero
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# on lit tout, puis on prend les indices 7, 3 et 2 (à partir de 0)
with rasterio.open(tile_url) as src:
    print(src.profile)
    toutes = src.read()

fc_data = toutes[[7, 3, 2], :, :]
fc = np.moveaxis(fc_data, 0, 2)
p98 = np.percentile(fc, 98)
fc = (fc / p98).clip(max=1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: stack-single-bands
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    print(src.profile)
    nir, red, green = src.read(8), src.read(4), src.read(3)

fc_data = np.stack([nir, red, green], axis=0)
fc = np.stack([nir, red, green], axis=-1).astype("float32")
p98 = np.quantile(fc, 0.98)
fc = np.minimum(fc / p98, 1.0)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: helper-name-for-the-percentile
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

fc = fc_data.transpose(1, 2, 0).astype(np.float64)
fc_max = np.percentile(fc, 98)
fc = np.clip(fc / fc_max, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: loop-over-panels
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

fig, axes = plt.subplots(nrows=1, ncols=2, figsize=(10, 5), sharex=True, sharey=True)
titles = ["True colour", "False colour"]
for ax, img, title in zip(axes, [rgb, fc], titles):
    ax.imshow(img)
    ax.set_title(title)
    ax.axis("off")
plt.tight_layout()
plt.show()

# %% right: pyplot-subplot
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

fig = plt.figure(figsize=(10, 5))
plt.subplot(1, 2, 1)
plt.imshow(rgb)
plt.title("True colour (B4, B3, B2)")
plt.axis("off")
plt.subplot(1, 2, 2)
plt.imshow(fc)
plt.title("False colour (B8, B4, B3)")
plt.axis("off")
plt.tight_layout()
plt.show()

# %% right: gridspec-and-list-of-axes
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

fig = plt.figure(figsize=(10, 5), layout="constrained")
gs = fig.add_gridspec(1, 2)
axes = [fig.add_subplot(gs[0, 0]), fig.add_subplot(gs[0, 1])]
axes[0].imshow(rgb)
axes[1].imshow(fc)
axes[0].set(title="True colour", xticks=[], yticks=[])
axes[1].set(title="False colour", xticks=[], yticks=[])
plt.show()

# %% right: own-function-for-both
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)



def to_picture(bands):
    picture = np.transpose(bands, (1, 2, 0)).astype(np.float32)
    p98 = np.percentile(picture, 98)
    return np.clip(picture / p98, 0, 1)


with rasterio.open(tile_url) as src:
    print(src.profile)
    fc_data = src.read([8, 4, 3])
    true_colour = to_picture(src.read([4, 3, 2]))

fc = to_picture(fc_data)

fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(true_colour)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: no-with-and-pprint
import matplotlib.pyplot as plt
import numpy as np
import rasterio
from pprint import pprint

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

src = rasterio.open(tile_url)
pprint(dict(src.profile))
fc_data = src.read(indexes=[8, 4, 3])
src.close()

fc = np.transpose(fc_data, axes=(1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc.flatten(), 98)
fc = fc / p98
fc[fc > 1] = 1

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: squeeze-false-grid
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

fig, axes = plt.subplots(1, 2, figsize=(10, 5), squeeze=False)
axes[0, 0].imshow(rgb)
axes[0, 0].set_title("True colour (B4, B3, B2)")
axes[0, 0].axis("off")
axes[0, 1].imshow(fc)
axes[0, 1].set_title("False colour (B8, B4, B3)")
axes[0, 1].axis("off")
plt.tight_layout()
plt.show()

# %% right: bytes-for-display
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# 8 bits suffisent pour l'écran
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow((rgb * 255).round().astype(np.uint8))
axes[0].set_title("Vraies couleurs")
axes[0].axis("off")
axes[1].imshow((fc * 255).round().astype(np.uint8))
axes[1].set_title("Fausses couleurs")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: order-438 | The bands are red, green, near infrared: near infrared comes last and is shown as blue instead of red.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([4, 3, 8])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: order-348 | The order is reversed, green, red, near infrared, so plants turn blue.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([3, 4, 8])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: true-colour-again | Bands 4, 3, 2 were read again, so the right-hand picture is true colour without near infrared.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([4, 3, 2])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: bands-from-zero | Rasterio counts bands from 1: 7, 3, 2 are red edge, green and blue.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([7, 3, 2])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: array-index-843 | After src.read() Python counts from 0, so the indices 8, 4, 3 are B8A, B5 and B4.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    print(src.profile)
    data = src.read()
fc_data = data[[8, 4, 3]]

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: narrow-infrared | Band number 9 of the file is B8A, the narrow near infrared; B8 is number 8.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([9, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: blue-for-green | The last band is blue (2) where green (3) is asked.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 2])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: percentile-of-rgb | The percentile is that of the true-colour image of exercise 3, not that of this one.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: p98-kept-from-exercise-3 | p98 was not computed anew: the one of the true-colour bands from exercise 3 is too small for near infrared.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: percentile-per-band | Every band is divided by its own percentile instead of one percentile of all three together.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98, axis=(0, 1))
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: clip-upside-down | np.clip wants the lowest value first; with 1 and 0 exchanged every pixel becomes 0.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 1, 0)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: no-clip | The image is divided by p98 but not clipped to the range from 0 to 1.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = fc / p98

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: clip-without-division | The image is clipped but was never divided by p98, so it stays dark.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: multiplied-by-p98 | The image is multiplied by p98 where it should be divided.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc * p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: rgb-in-both-panels | The right-hand panel shows rgb again instead of the false-colour image.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(rgb)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: both-in-the-left-panel | The false-colour image is drawn over the true-colour one in the left panel, and the right panel is empty.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[0].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: panels-swapped | False colour stands on the left and true colour on the right.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(fc)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(rgb)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: index-2-for-the-second-panel | Python counts from 0: the second panel is axes[1], and axes[2] does not exist.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[2].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: raw-bands-drawn | The unscaled bands are drawn in the right-hand panel instead of fc.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(np.transpose(fc_data, (1, 2, 0)))
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: rgb-overwritten | The false-colour picture was stored in rgb, so fc is unscaled and the true-colour image of exercise 3 is lost.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
rgb = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: profile-not-printed | The profile of the file was never printed.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

with rasterio.open(tile_url) as src:
    src.profile
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: crash-in-read | read takes one list of bands; three separate numbers are taken for other arguments and the cell stops.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read(8, 4, 3)

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: scaling-and-drawing-left-blank | The division and the right-hand panel are still blank.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = ___  # TODO: divide by p98, then clip to 0 and 1

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
___  # TODO: draw the false-colour image in the right-hand panel
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: wrong-order-and-unclipped | Two mistakes: near infrared is in the last place, and the image is not clipped.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([4, 3, 8])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = fc / p98

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: old-percentile-and-rgb-twice | Two mistakes: the percentile of the old image is used, and the right-hand panel shows rgb.
import matplotlib.pyplot as plt
import numpy as np
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(src.profile)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(rgb_data, 98)
fc = np.clip(fc / p98, 0, 1)

# Step 4: show both images side by side
fig, axes = plt.subplots(1, 2, figsize=(10, 5))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(rgb)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()
