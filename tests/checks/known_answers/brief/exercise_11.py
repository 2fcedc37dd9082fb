import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch
classes = [
("Sealed (1)", "#FF0100"),
("Woody -- needle leaved trees (2)", "#238B23"),
("Woody -- Broadleaved deciduous trees (3)", "#80FF00"),
("Woody -- Broadleaved evergreen trees (4)", "#00FF00"),
("Low-growing woody plants (bushes, shrubs) (5)", "#804000"),
("Permanent herbaceous (6)", "#CCF24E"),
("Periodically herbaceous (7)", "#FEFF80"),
("Lichens and mosses (8)", "#FF81FF"),
("Non- and sparsely-vegetated (9)", "#BFBFBF"),
("Water (10)", "#0080FF"),
]
cmap = ListedColormap([color for _, color in classes])
fig, axes = plt.subplots(1, 2, figsize=(12, 6))
axes[0].imshow(rgb)
axes[0].set_title("Sentinel-2 RGB")
axes[0].axis("off")
axes[1].imshow(img_array, cmap=cmap, vmin=1, vmax=10)
axes[1].set_title("CLC+ Label")
axes[1].axis("off")
legend_elements = [
Patch(facecolor=color, edgecolor="black", label=label)
for label, color in classes
]
fig.legend(
handles=legend_elements,
loc="center right",
bbox_to_anchor=(1.35, 0.5),
frameon=True,
)
plt.tight_layout()
plt.show()
