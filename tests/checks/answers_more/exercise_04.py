"""More answers to exercise 04: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: panels-of-a-mosaic
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


fig, axes = plt.subplot_mosaic("AB", figsize=(10, 5), layout="constrained")
axes["A"].imshow(rgb)
axes["B"].imshow(fc)
for letter, title in {"A": "Couleurs naturelles", "B": "Infrarouge"}.items():
    axes[letter].set_title(title)
    axes[letter].axis("off")
plt.show()

# %% right: axes-placed-by-hand
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
right_ax = fig.add_axes([0.52, 0.05, 0.45, 0.85], title="False colour")
left_ax = fig.add_axes([0.03, 0.05, 0.45, 0.85], title="True colour")
left_ax.imshow(rgb)
right_ax.imshow(fc)
left_ax.axis("off")
right_ax.axis("off")
plt.show()

# %% right: profile-as-a-pandas-series
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import rasterio

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)

# Step 1: open the patch and print its description
with rasterio.open(tile_url) as src:
    print(pd.Series(dict(src.profile)).to_string())

    # Step 2: read near infrared, red and green
    fc_data = src.read(indexes=[8, 4, 3], out_dtype="float64")

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

# %% right: image-grid-of-the-toolkit
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


from mpl_toolkits.axes_grid1 import ImageGrid

fig = plt.figure(figsize=(10, 5))
grid = ImageGrid(fig, 111, nrows_ncols=(1, 2), axes_pad=0.2)
for ax, im, name in zip(grid, [rgb, fc], ["True colour", "False colour"]):
    ax.imshow(im)
    ax.set_title(name)
    ax.axis("off")
plt.show()

# %% right: subfigures
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
left, right = fig.subfigures(1, 2)
axes = [left.subplots(), right.subplots()]
axes[0].imshow(rgb)
axes[1].imshow(fc)
left.suptitle("True colour")
right.suptitle("False colour")
plt.show()

# %% right: helper-functions-with-hints
from pathlib import PurePosixPath

import matplotlib.pyplot as plt
import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.plot import reshape_as_image

tile_url = (
    "https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/"
    "data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.tif"
)


def stretch(image: NDArray, percent: float = 98.0) -> NDArray[np.float32]:
    """Divide by a percentile and clip."""
    top = np.nanpercentile(image, percent)
    return np.clip(np.true_divide(image, top), 0.0, 1.0).astype(np.float32)


def describe(dataset: rasterio.DatasetReader) -> None:
    print(f"{PurePosixPath(dataset.name).name}: {dataset.profile}")


def composite(url: str, *bands: int) -> NDArray:
    with rasterio.open(url) as dataset:
        describe(dataset)
        return reshape_as_image(dataset.read(bands))


def panel(ax: plt.Axes, image: NDArray, title: str) -> None:
    ax.imshow(image)
    ax.set(title=title)
    ax.set_axis_off()


raw = composite(tile_url, 8, 4, 3)
fc_data = np.moveaxis(raw, -1, 0)
fc = stretch(raw)
fig, axes = plt.subplots(ncols=2, figsize=(10, 5), sharex=True, sharey=True)
panel(axes.flat[0], rgb, "True colour (B4, B3, B2)")
panel(axes.flat[1], fc, "False colour (B8, B4, B3)")
fig.tight_layout()
plt.show()

# %% right: pyplot-121-and-pretty-profile
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
    from pprint import pprint
    pprint(dict(src.profile), width=40)

    # Step 2: read near infrared, red and green
    fc_data = src.read([8, 4, 3])

# Step 3: scale for display
fc = np.transpose(fc_data, (1, 2, 0)).astype(np.float32)
p98 = np.percentile(fc, 98)
fc = np.clip(fc / p98, 0, 1)


fig = plt.figure(figsize=(10, 5))
for position, picture in ((122, fc), (121, rgb)):
    plt.subplot(position)
    plt.imshow(picture)
    plt.xticks([]), plt.yticks([])
plt.suptitle("True and false colour")
plt.show()

# %% wrong: swir-composite-of-the-text | Bands 12, 8, 4 are the short-wave infrared picture of the example, not 8, 4, 3.
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
    fc_data = src.read([12, 8, 4])

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

# %% wrong: whole-dataset-printed | print(src) shows the open file object and not its profile.
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
    print(src)

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

# %% wrong: red-edge-for-infrared | Band 7 is a red-edge band; near infrared (B8) is number 8.
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
    fc_data = src.read([7, 4, 3])

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

# %% wrong: stretch-of-arcgis | The image is stretched from the 2nd to the 98th percentile; only a division by the 98th is asked.
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
p2, p98 = np.percentile(fc, [2, 98])
fc = np.clip((fc - p2) / (p98 - p2), 0, 1)

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

# %% wrong: stacked-panels | The panels stand one above the other; side by side is plt.subplots(1, 2).
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
fig, axes = plt.subplots(2, 1, figsize=(5, 10))
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: right-panel-upside-down | The false-colour image is drawn with origin='lower', upside down against the other.
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
axes[1].imshow(fc, origin="lower")
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: infrared-alone | Only the near-infrared channel is drawn, with a colour map, instead of the composite.
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
axes[1].imshow(fc[:, :, 0], cmap="Reds")
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: clipped-to-255 | The clip ends at 255 instead of 1, so values above 1 remain.
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
fc = np.clip(fc / p98, 0, 255)

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

# %% wrong: fraction-as-percentile | np.percentile counts from 0 to 100: 0.98 is about the 1st percentile, and the picture turns white.
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
p98 = np.percentile(fc, 0.98)
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

# %% wrong: mirrored-with-t | .T exchanges rows and columns too, so the picture is mirrored along its diagonal.
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
fc = fc_data.T.astype(np.float32)
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

# %% wrong: no-list-in-read-outside | The bands are read after the with block, when the file is closed; the cell stopped.
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
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% wrong: one-picture-only | Only the false-colour image is drawn; the true-colour one is missing beside it.
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


plt.figure(figsize=(5, 5))
plt.imshow(fc)
plt.title("False colour (B8, B4, B3)")
plt.axis("off")
plt.show()

# %% wrong: two-swapped-and-unscaled | Two mistakes: the panels are swapped, and the image was not divided by its percentile.
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
axes[0].imshow(fc)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(rgb)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()

# %% right: two-rows-hist-below
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
fig, axs = plt.subplots(2, 2, figsize=(10, 8))
axes = axs[0]
axs[1, 0].hist(rgb.ravel())
axs[1, 1].hist(fc.ravel())
axes[0].imshow(rgb)
axes[0].set_title("True colour (B4, B3, B2)")
axes[0].axis("off")
axes[1].imshow(fc)
axes[1].set_title("False colour (B8, B4, B3)")
axes[1].axis("off")
plt.tight_layout()
plt.show()
