"""More answers to exercise 09: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: retries-and-a-picture
import time

import matplotlib.pyplot as plt
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

for attempt in range(3):
    try:
        download_clcpluslabel(filename, bbox, year)
    except Exception as error:
        print("attempt", attempt + 1, error)
        time.sleep(0.1)
    else:
        break

img_array = tiff_to_numpy(filename)
codes, counts = np.unique(img_array, return_counts=True)
for code, count in zip(codes, counts):
    print(f"{code:3d} {count / img_array.size:6.1%}")
plt.imshow(img_array, cmap="tab20")
plt.show()

# %% right: temporary-folder
import os
import tempfile

from utils import download_clcpluslabel, tiff_to_numpy

bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
with tempfile.TemporaryDirectory() as folder:
    filename = os.path.join(folder, "test_label.tif")
    download_clcpluslabel(filename, bbox, year)
    img_array = tiff_to_numpy(filename)
assert img_array.shape == (250, 250)

# %% right: box-from-the-name-of-the-patch
from pathlib import Path

from utils import download_clcpluslabel, tiff_to_numpy
from utils.reference import PRACTICE_PATCH_URL

*_, region, annee, taille, nom = PRACTICE_PATCH_URL.split("/")
xmin, ymin = map(int, nom.split("_")[:2])
cote = int(taille) * 10
bbox = [xmin, ymin, xmin + cote, ymin + cote]
year = int(annee)
filename = Path("test_label.tif")
download_clcpluslabel(filename, bbox, year)
img_array = tiff_to_numpy(filename)
print(region, bbox, img_array.shape, img_array.dtype)

# %% right: bounding-box-itself
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = tile_bounds
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year=year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)
print(img_array)

# %% right: parameters-of-the-image-server-in-memory
import numpy as np
import requests
from rasterio.io import MemoryFile

bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"
BASE = "https://copernicus.discomap.eea.europa.eu/arcgis/rest/services/CLC_plus"
params = {
    "f": "image",
    "bbox": ",".join(map(str, bbox)),
    "bboxSR": 3035,
    "imageSR": 3035,
    "size": "250,250",
    "format": "tiff",
    "pixelType": "U8",
    "interpolation": "RSP_NearestNeighbor",
}
answer = requests.get(
    f"{BASE}/CLMS_CLCplus_RASTER_{year}_010m_eu/ImageServer/exportImage", params=params, timeout=60
)
answer.raise_for_status()
with open(filename, "wb") as f:
    f.write(answer.content)
with MemoryFile(answer.content) as memory, memory.open() as src:
    codes = src.read(1)
img_array = np.select([codes >= 254], [np.uint8(0)], default=codes)

# %% right: class-with-cache
from functools import lru_cache
from pathlib import Path

import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy


class LabelStore:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    @lru_cache(maxsize=None)
    def get(self, box: tuple[int, ...], year: int) -> np.ndarray:
        target = self.folder / f"test_label_{year}.tif"
        download_clcpluslabel(str(target), list(box), year)
        return tiff_to_numpy(str(target))


bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
store = LabelStore(Path("labels"))
filename = store.folder / "test_label_2018.tif"
img_array = store.get(tuple(bbox), year).astype(int)

# %% right: put-together-from-two-halves
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"
west, south, east, north = bbox
middle = (south + north) // 2
parts = []
for name, box in [("north.tif", [west, middle, east, north]), ("south.tif", [west, south, east, middle])]:
    download_clcpluslabel(name, box, year)
    parts.append(tiff_to_numpy(name))
img_array = np.vstack(parts)

# %% wrong: no-data-as-nan | The codes without data became NaN; they must become 0.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename).astype(float)
img_array[img_array == 0] = float('nan')

# %% wrong: only-255-removed | Only 255 was set to 0; 254 (outside the area) stands for no data as well.
import rasterio
from utils import download_clcpluslabel

bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"
download_clcpluslabel(filename, bbox, year)
with rasterio.open(filename) as src:
    img_array = src.read(1)
img_array[img_array == 255] = 0

# %% wrong: box-of-another-patch | This is the box of the patch in Aveyron; the image shows another place.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3737390, 2381750, 3739890, 2384250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: mirrored | The columns were turned round: west and east are exchanged.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)[:, ::-1]

# %% wrong: yes-or-no | img_array only says where there is a class; the codes themselves are asked.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename) > 0

# %% wrong: list-of-codes | np.unique keeps each code once; the whole table of pixels is asked.
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.unique(tiff_to_numpy(filename))

# %% wrong: classes-from-zero | One was subtracted so that classes begin at 0; the codes must stay as they are (and 0 became 255).
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename) - 1

# %% wrong: random-classes | The codes are random numbers and were not read from the labels.
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.random.default_rng(0).integers(0, 12, (250, 250), dtype=np.uint8)

# %% wrong: other-name-saved | The labels were saved as label.tif, but test_label.tif was read, which does not exist.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel("label.tif", bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: year-2020 | There are no labels of 2020: the service has 2018 and 2021.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2020
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: box-in-extent-order | The box has west, east, south, north; the order is west, south, east, north.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 3652390, 2331750, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: error-caught-and-zeros | The download failed (the box is a text), the error was caught, and zeros stand in its place.
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

bbox = "3649890, 2331750, 3652390, 2334250"
year = 2018
filename = "test_label.tif"
try:
    download_clcpluslabel(filename, bbox, year)
    img_array = tiff_to_numpy(filename)
except Exception:
    img_array = np.zeros((250, 250), dtype=np.uint8)

# %% wrong: flattened | The table was flattened to one long row; 250 rows and 250 columns are asked.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename).ravel()

# %% wrong: two-other-place-and-from-zero | Two mistakes: the box is that of the patch in Aveyron, and one was subtracted from the codes.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3737390, 2381750, 3739890, 2384250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename) - 1
