"""Answers to exercise 11, right by other roads and wrong as learners are."""
# ruff: noqa

# %% right: masked-zero
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: zero-not-masked
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: boundary-norm
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])
# une limite entre deux codes : 0.5, 1.5, ... 11.5
norm = BoundaryNorm(np.arange(0.5, 12), cmap.N)

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

axes[1].imshow(np.ma.masked_outside(img_array, 1, 11), cmap=cmap, norm=norm, interpolation="nearest")
axes[1].set_title("Occupation du sol")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: unpacked-axes-half-limits
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

fig, (left, right) = plt.subplots(1, 2, figsize=(14, 6))

left.imshow(rgb)
left.set_title("Image")
left.set_axis_off()

labels = np.ma.masked_where(img_array == 0, img_array)
right.imshow(labels, cmap=cmap, vmin=0.5, vmax=11.5)
right.set_title("Labels")
right.set_axis_off()

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: colours-looked-up
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: a picture of the classes, white where there is no label
palette = np.ones((256, 3))
for cover in LAND_COVER:
    palette[cover.code] = to_rgb(cover.colour)
axes[1].imshow(palette[img_array])
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: pyplot-subplot
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

fig = plt.figure(figsize=(12, 6))

plt.subplot(121)
plt.imshow(rgb)
plt.title("Sentinel-2")
plt.axis("off")

plt.subplot(122)
plt.imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
plt.title("CLC+ 2018")
plt.axis("off")

handles = []
for label, color in classes:
    handles.append(Patch(facecolor=color, edgecolor="black", label=label))
plt.legend(handles=handles, loc="center left", bbox_to_anchor=(1.02, 0.5))
plt.show()

# %% right: legend-of-the-right-panel
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

legend_elements = [Patch(fc=c, ec="k", label=name) for name, c in classes]
axes[1].legend(
    handles=legend_elements, title="Land cover", loc="upper left", bbox_to_anchor=(1, 1), fontsize=9
)
fig.tight_layout()
plt.show()

# %% right: labels-apart-from-handles
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

handles = [plt.Rectangle((0, 0), 1, 1, facecolor=color, edgecolor="black") for _, color in classes]
names = [name for name, _ in classes]
legend_elements = handles
fig.legend(handles, names, loc="lower center", ncol=4, bbox_to_anchor=(0.5, -0.15))
plt.show()

# %% right: under-colour-for-zero
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])
white_below = cmap.with_extremes(under="white")

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

axes[1].imshow(img_array, cmap=white_below, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: float-with-nan-and-loop
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

codes = img_array.astype(float)
codes[codes == 0] = np.nan

axes[0].imshow(rgb)
axes[1].imshow(codes, cmap=cmap, clim=(1, 11))
for ax, title in zip(axes, ["Sentinel-2 RGB", "CLC+ Label"]):
    ax.set_title(title, fontsize=14)
    ax.axis("off")

legend_elements = list(map(lambda pair: Patch(facecolor=pair[1], edgecolor="black", label=pair[0]), classes))
fig.legend(handles=legend_elements, loc="center right", bbox_to_anchor=(1.35, 0.5), frameon=True)
plt.tight_layout()
plt.show()

# %% right: white-first-colour
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])
# 12 couleurs : le blanc pour 0, puis les 11 classes
cmap0 = ListedColormap(["white"] + [color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

axes[1].imshow(img_array, cmap=cmap0, vmin=0, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

legend_elements = [Patch(facecolor="white", edgecolor="black", label="No label (0)")]
legend_elements += [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(handles=legend_elements, loc="center right", bbox_to_anchor=(1.35, 0.5), frameon=True)
plt.tight_layout()
plt.show()

# %% right: ten-classes-of-the-brief
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER[:10]]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=10)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: colour-bar-as-well-mosaic
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

fig, axes = plt.subplot_mosaic([["image", "labels"]], figsize=(13, 6), layout="constrained")
axes["image"].imshow(rgb)
axes["image"].set_title("Sentinel-2 RGB")
axes["image"].axis("off")

shown = axes["labels"].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=0.5, vmax=11.5)
axes["labels"].set_title("CLC+ labels")
axes["labels"].axis("off")
fig.colorbar(shown, ax=axes["labels"], ticks=range(1, 12))

legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(handles=legend_elements, loc="outside lower center", ncols=3)
plt.show()

# %% wrong: panels-swapped | The labels stand on the left and the image on the right.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[1].imshow(rgb)
axes[1].set_title("Sentinel-2 RGB")
axes[1].axis("off")

# Step 3: the labels on the right
axes[0].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[0].set_title("CLC+ labels")
axes[0].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: default-colour-map | The labels are drawn with the default colour map instead of the colours of the classes.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0))
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-forgotten | Without limits the zeros count as the first class and every colour is shifted.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-0-to-11 | With vmin=0 the 11 colours are spread over 12 codes, so they do not fit the classes; the first class is 1.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=0, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-0-to-10 | Counting from 0 as in Python: the codes run from 1 to 11, so every class gets the colour of the next one.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=0, vmax=10)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-1-to-10-with-11-colours | The colour map has 11 colours but vmax is 10, so the colours are stretched and from code 6 on every class gets the colour of the next one.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=10)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-0-to-255 | Limits of 0 and 255 paint all classes in the first colour.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=0, vmax=255)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: image-in-both-panels | The right-hand panel shows the image again instead of the labels.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(rgb)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-over-the-image | The labels were drawn over the image in the left panel, and the right panel is empty.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[0].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-transposed | Rows and columns of the labels are exchanged, so they do not match the image.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array.T, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-upside-down | origin='lower' turns the labels upside down against the image.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11, origin="lower")
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: classes-blended | Bilinear interpolation averages the codes of neighbouring pixels and shows classes that are not there.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11, interpolation="bilinear")
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: panels-stacked | 2, 1 makes two rows: the panels stand one above the other instead of side by side.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(2, 1, figsize=(6, 12))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: legend-missing | The figure has no legend.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

plt.tight_layout()
plt.show()

# %% wrong: legend-of-one-class | The legend has one entry only; there must be a Patch for each class, with for label, color in classes.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=classes[0][1], edgecolor="black", label=classes[0][0])
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: legend-colours-shifted | The colours of the legend are shifted by one against the names.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label)
    for (label, _), (_, color) in zip(classes, classes[1:] + classes[:1])
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: name-and-colour-exchanged | A class is a name and then a colour; exchanged, the name is taken for a colour and the cell stops.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for color, label in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: legend-without-names | The entries of the legend have colours but no names.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black") for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: axes-left-on
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: titles-missing
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: colours-in-reverse | The list of colours was reversed, so sealed ground is cyan and water green.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes[::-1]])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: raw-file-drawn | The file was read without tiff_to_numpy, so the codes 254 and 255 are painted as snow and ice.
import matplotlib.pyplot as plt
import rasterio
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

with rasterio.open("test_label.tif") as src:
    label = src.read(1)

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(label, cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: ones-for-labels | The right-hand panel shows an array of ones instead of the labels.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ones((250, 250)), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: stops-at-axes-2 | Python counts from 0: the second panel is axes[1]; axes[2] does not exist and the cell stops.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[1].imshow(rgb)
axes[1].set_title("Sentinel-2 RGB")
axes[1].axis("off")

# Step 3: the labels on the right
axes[2].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=11)
axes[2].set_title("CLC+ labels")
axes[2].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: legend-left-blank | The right-hand panel and the legend are still blank.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
___  # TODO: draw the labels in the colours of the classes
___  # TODO: set a title and switch the axis off

# Step 4: the legend
legend_elements = [
    ___  # TODO: a Patch for each class: face colour, black edge, name
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: swapped-and-no-limits | Two mistakes: the panels are swapped, and the limits of the colours are missing.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[1].imshow(rgb)
axes[1].set_title("Sentinel-2 RGB")
axes[1].axis("off")

# Step 3: the labels on the right
axes[0].imshow(img_array, cmap=cmap)
axes[0].set_title("CLC+ labels")
axes[0].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.35, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: no-legend-and-vmax-10 | Two mistakes: vmax is 10 although there are 11 colours, and the legend is missing.
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=1, vmax=10)
axes[1].set_title("CLC+ labels")
axes[1].axis("off")

plt.tight_layout()
plt.show()
