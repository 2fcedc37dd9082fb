"""More answers to exercise 11: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: square-markers-of-line2d
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

from matplotlib.lines import Line2D

legend_elements = [
    Line2D([0], [0], marker="s", linestyle="none", markersize=12, markerfacecolor=color, markeredgecolor="black", label=label)
    for label, color in classes
]
fig.legend(handles=legend_elements, loc="lower center", ncol=4, bbox_to_anchor=(0.5, -0.15))
plt.show()

# %% right: twelve-colours-with-white-for-zero
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

from matplotlib.colors import BoundaryNorm

twelve = ListedColormap(["white"] + [c for _, c in classes], name="clc")
norm = BoundaryNorm([i - 0.5 for i in range(13)], twelve.N)
fig, (left, right) = plt.subplots(ncols=2, figsize=(12, 6), sharey=True)
left.imshow(rgb)
left.set(title="Sentinel-2", xticks=[], yticks=[])
right.imshow(img_array, cmap=twelve, norm=norm, interpolation="none")
right.set(title="CLC+", xticks=[], yticks=[])
legend_elements = [Patch(fc=c, ec="k", lw=0.5, label=l) for l, c in classes]
plt.figlegend(handles=legend_elements, loc="outside right center") if False else fig.legend(handles=legend_elements, loc="center right")
fig.subplots_adjust(right=0.75)
plt.show()

# %% right: pcolormesh-turned-over
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

import numpy as np

fig = plt.figure(figsize=(12, 6))
ax1 = fig.add_axes([0.02, 0.05, 0.35, 0.85])
ax2 = fig.add_axes([0.39, 0.05, 0.35, 0.85])
ax1.imshow(rgb)
ax1.set_title("Image")
ax1.axis("off")
ax2.pcolormesh(np.ma.masked_equal(img_array, 0), cmap=cmap, vmin=0.5, vmax=11.5)
ax2.invert_yaxis()
ax2.set_title("Classes")
ax2.axis("off")
fig.legend(handles=[Patch(color=c, label=l) for l, c in classes], loc="center right")
plt.show()

# %% right: one-layer-per-class
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

import numpy as np

fig, axs = plt.subplot_mosaic([["photo", "classes"]], figsize=(12, 6))
axs["photo"].imshow(rgb)
axs["photo"].set_title("Sentinel-2")
axs["photo"].axis("off")
legend_elements = []
for code, (label, color) in enumerate(classes, start=1):
    layer = np.ma.masked_where(img_array != code, img_array)
    axs["classes"].imshow(layer, cmap=ListedColormap([color]), vmin=code - 1, vmax=code + 1)
    legend_elements.append(Patch(facecolor=color, edgecolor="black", label=label))
axs["classes"].set_title("CLC+")
axs["classes"].axis("off")
fig.legend(handles=legend_elements, loc="center left", bbox_to_anchor=(0.92, 0.5))
plt.show()

# %% right: empty-scatters-for-the-legend
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

def show_panel(position, picture, title, **options):
    """One panel without axes."""
    ax = plt.subplot(position)
    ax.imshow(picture, **options)
    ax.set_title(title)
    ax.set_axis_off()
    return ax


fig = plt.figure(figsize=(13, 6))
show_panel(121, rgb, "Image")
right = show_panel(122, img_array, "Étiquettes", cmap=cmap, clim=(0.5, 11.5))
for label, color in classes:
    right.scatter([], [], marker="s", s=120, color=color, edgecolors="black", label=label)
right.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), title="Land cover")
plt.tight_layout()
plt.show()

# %% right: typed-classes-and-type-hints
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

CODES: dict[int, tuple[str, str]] = {c.code: (c.name, c.colour) for c in LAND_COVER}


def side_by_side(image: np.ndarray, labels: np.ndarray, titles: Sequence[str]) -> Figure:
    figure, panels = plt.subplots(1, 2, figsize=(12, 6), gridspec_kw={"wspace": 0.05})
    colours = ListedColormap([colour for _, colour in CODES.values()])
    panels[0].imshow(image)
    panels[1].imshow(labels, cmap=colours, norm=Normalize(min(CODES), max(CODES)), interpolation="nearest")
    for panel, title in zip(panels, titles, strict=True):
        panel.set_title(title)
        panel.axis("off")
    handles = [Patch(facecolor=colour, edgecolor="black") for _, colour in CODES.values()]
    figure.legend(handles, [f"{name} ({code})" for code, (name, _) in CODES.items()], loc="center left", bbox_to_anchor=(0.91, 0.5))
    return figure


fig = side_by_side(rgb, img_array, ["Sentinel-2 RGB", "CLC+ label"])
axes = fig.axes
plt.show()

# %% right: third-panel-for-the-legend
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

fig, axes = plt.subplots(1, 3, figsize=(15, 6), width_ratios=[1, 1, 0.5])
axes[0].imshow(rgb, extent=[tile_bounds.left, tile_bounds.right, tile_bounds.bottom, tile_bounds.top])
axes[0].set_title("Sentinel-2")
axes[1].imshow(img_array[::-1], cmap=cmap, vmin=1, vmax=11, origin="lower")
axes[1].set_title("CLC+ Backbone")
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
axes[2].legend(handles=legend_elements, loc="center")
for ax in axes:
    ax.axis("off")
plt.show()

# %% wrong: legend-of-classes-present | The legend names only the classes that occur in this patch; it should name all eleven.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for code, (label, color) in enumerate(classes, 1) if (img_array == code).sum() > 500]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: tab20 | The labels are drawn with tab20, whose colours are not those of the legend.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap="tab20", vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: black-squares-in-the-legend | The squares of the legend have no face colour of their own; facecolor=color is missing.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor="white", edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: codes-of-colours-for-names | The legend shows the codes of the colours instead of the names of the classes.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=color) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-in-both-panels | Both panels show the labels; the image belongs on the left.
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
axes[0].imshow(img_array, cmap=cmap, vmin=1, vmax=11)
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: limits-of-the-ndvi | The limits -1 and 1 are those of the NDVI map; the codes of the classes run from 1 to 11.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=-1, vmax=1, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: classes-by-name | The classes were sorted by name, so the colours no longer fit the codes.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
classes = sorted(classes)
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: both-in-the-last-panel | plt.imshow draws into the last panel: both pictures lie there, and the left one is empty.
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
plt.imshow(rgb)
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
plt.imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-of-2021 | The labels of the worked example (2021) are shown instead of those of 2018.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(example_label, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: red-and-blue-swapped | Red and blue are swapped in the image on the left.
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
axes[0].imshow(rgb[..., ::-1])
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: labels-see-through | The labels are half transparent, so their colours are not those of the legend.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest", alpha=0.4)
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: axes-not-unpacked | plt.subplots returns the figure and the axes; both are in axes here, so axes[0] is the figure and the cell stops.
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
axes = plt.subplots(1, 2, figsize=(12, 6))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: legend-in-another-figure | The legend was added to a new figure and is missing beside the panels.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
plt.figure(figsize=(4, 4)).legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% wrong: two-tab20-and-names-missing | Two mistakes: the labels are drawn with tab20, and the legend shows colours' codes for names.
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap="tab20", vmin=1, vmax=11, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=color) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: limits-1-to-12-paint-the-same
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
axes[0].set_title("Sentinel-2")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=12, interpolation="nearest")
axes[1].set_title("CLC+ Backbone")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: reassign-masked
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
img_array = np.ma.masked_equal(img_array, 0)
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ label")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: two-rows-bar-below
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, grid = plt.subplots(2, 2, figsize=(12, 10))
axes = grid[0]
grid[1, 0].hist(rgb.ravel())
grid[1, 1].hist(img_array.ravel())

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_outside(img_array, 1, 11), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ label")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()

# %% right: bar-left-panel
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
from utils.reference import LAND_COVER

# Names and colours of the classes (given)
classes = [(f"{cover.name} ({cover.code})", cover.colour) for cover in LAND_COVER]
cmap = ListedColormap([color for _, color in classes])

# Step 1: make a figure with two panels
fig, all_axes = plt.subplots(1, 3, figsize=(18, 6))
axes = all_axes[1:]
all_axes[0].hist(img_array.ravel(), bins=range(13))

# Step 2: the image on the left
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")

# Step 3: the labels on the right
axes[1].imshow(np.ma.masked_outside(img_array, 1, 11), cmap=cmap, vmin=1, vmax=11)
axes[1].set_title("CLC+ label")
axes[1].axis("off")

# Step 4: the legend
legend_elements = [
    Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes
]
fig.legend(
    handles=legend_elements,
    loc="center right",
    bbox_to_anchor=(1.27, 0.5),
    frameon=True,
)
plt.tight_layout()
plt.show()
