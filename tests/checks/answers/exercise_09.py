"""Answers to exercise 09, right by other roads and wrong as learners are."""
# ruff: noqa
# %% right: as-in-the-hints
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% right: arguments-by-name
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(year=year, bbox=bbox, filename=filename)
print("Downloaded", filename)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% right: box-from-the-tile-bounds
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = list(tile_bounds)
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% right: read-with-rasterio-and-where
import numpy as np
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
with rasterio.open(filename) as src:
    codes = src.read(1)
img_array = np.where((codes == 254) | (codes == 255), 0, codes)

# %% right: masked-and-filled
import numpy as np
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
with rasterio.open(filename) as src:
    masked = np.ma.masked_greater_equal(src.read()[0], 254)
img_array = masked.filled(0)

# %% right: asked-the-image-server-directly
import numpy as np
import rasterio
from rasterio.io import MemoryFile
import requests

url = (
    "https://copernicus.discomap.eea.europa.eu/arcgis/rest/services/CLC_plus/"
    "CLMS_CLCplus_RASTER_2018_010m_eu/ImageServer/exportImage"
)
params = {
    "f": "image",
    "bbox": "3649890,2331750,3652390,2334250",
    "bboxSR": 3035,
    "imageSR": 3035,
    "size": "250,250",
    "format": "tiff",
    "pixelType": "U8",
    "interpolation": "RSP_NearestNeighbor",
}
reponse = requests.get(url, params=params, timeout=60)
reponse.raise_for_status()

with MemoryFile(reponse.content) as memoire, memoire.open() as raster:
    img_array = raster.read(1)

# 254 et 255 ne sont pas des classes
img_array[np.isin(img_array, [254, 255])] = 0

# %% right: whole-numbers-of-another-type
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename).astype(int)
print(img_array.shape, img_array.dtype)

# %% right: own-folder-with-pathlib
from pathlib import Path

from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = Path("labels") / "3649890_2331750_0_937.tif"
filename.parent.mkdir(exist_ok=True)

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% right: file-removed-afterwards
import os

from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)
os.remove(filename)  # plus besoin du fichier

# %% right: pillow-and-loops
import numpy as np
from PIL import Image
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.array(Image.open(filename))
for ligne in range(img_array.shape[0]):
    for colonne in range(img_array.shape[1]):
        if img_array[ligne, colonne] in (254, 255):
            img_array[ligne, colonne] = 0

# %% right: function-for-any-year
import numpy as np
import utils


def get_labels(bbox, year):
    """Download and read the land cover of a box."""
    name = f"label_{year}.tif"
    utils.download_clcpluslabel(name, bbox, year)
    return utils.tiff_to_numpy(name)


labels = {year: get_labels((3649890, 2331750, 3652390, 2334250), year) for year in [2018, 2021]}
img_array = labels[2018]
print(dict(zip(*np.unique(img_array, return_counts=True))))

# %% right: lookup-table
import numpy as np
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
recode = np.arange(256, dtype=np.uint8)
recode[[254, 255]] = 0
src = rasterio.open(filename)
img_array = recode[src.read(1)]
src.close()

# %% right: box-computed-from-size
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3649890 + 250 * 10, 2331750 + 250 * 10]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)
assert img_array.shape == (250, 250)

import matplotlib.pyplot as plt

plt.imshow(img_array, cmap="tab20")
plt.colorbar(label="code")
plt.show()

# %% right: box-as-a-numpy-array
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = np.array([tile_bounds.left, tile_bounds.bottom, tile_bounds.right, tile_bounds.top])
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: labels-of-2021 | The labels are of 2021, as in the worked example; the image is of 2018.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2021
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: year-typed-into-the-call | The call asks for 2021 although year is 2018: the line of the worked example was copied.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, 2021)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: array-of-the-example | The array of the worked example (2021) was reused; nothing was read from one's own file.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = example_label

# %% wrong: file-of-the-example-read | The file of the worked example (2021) was read instead of the one just downloaded.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy("example_label_2021.tif")

# %% wrong: what-the-download-returns | The download saves a file and returns nothing; img_array is None until the file is read.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
img_array = download_clcpluslabel(filename, bbox, year)

# %% wrong: result-not-stored | tiff_to_numpy was called but what it returns was not stored in img_array.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
tiff_to_numpy(filename)

# %% wrong: arguments-in-another-order | The order of the arguments is file name, box, year; here the box comes first.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(bbox, year, filename)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: read-before-the-download | The file was read before it was downloaded.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# %% wrong: function-not-called | tiff_to_numpy was named but not called: the brackets with the file name are missing.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy

# %% wrong: name-of-the-file | img_array is the name of the file, not the labels that are read from it.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = filename

# %% wrong: no-data-left-in | The codes 254 and 255 (no data) were left in; they must become 0.
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
with rasterio.open(filename) as src:
    img_array = src.read(1)

# %% wrong: one-band-too-many-axes | All bands were read, so the array has three axes (1, 250, 250) instead of two.
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
with rasterio.open(filename) as src:
    img_array = src.read()
img_array[img_array >= 254] = 0

# %% wrong: transposed | Rows and columns are swapped: the labels no longer lie over the image.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename).T

# %% wrong: upside-down | The rows were flipped: the first row of a raster is already the north.
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.flipud(tiff_to_numpy(filename))

# %% wrong: only-ten-classes | Everything above 10 was set to 0, so class 11 (snow and ice) is lost.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)
img_array[img_array > 10] = 0

# %% wrong: box-in-degrees | The box is in degrees of WGS84, but the label service is asked in metres of EPSG:3035.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [1.6639, 43.7589, 1.6979, 43.7838]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: typo-in-the-box | A digit of the box is wrong, so another place (100 m to the north) was downloaded.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331850, 3652390, 2334350]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: box-ten-metres-too-wide | The box is one pixel too wide, so the array is not 250 × 250.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652400, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: size-instead-of-the-upper-corner | The box needs the upper right corner; here the width and height in metres stand in its place.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 2500, 2500]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: array-of-ones | The array is made of ones and was not read from the labels.
import numpy as np
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.ones((250, 250), dtype=np.uint8)

# %% wrong: colours-instead-of-codes | The picture's colours were read (red, green, blue) instead of the class codes.
import numpy as np
from PIL import Image
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = np.array(Image.open(filename).convert("RGB"))

# %% wrong: scaled-like-an-image | The codes were divided as if they were brightness; they are names of classes and must stay whole numbers.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)
img_array = img_array / img_array.max()

# %% wrong: year-as-text | The year is a number, not a text.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = "2018"
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename)

# %% wrong: image-instead-of-the-labels | The satellite image was read instead of the downloaded labels.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = rgb[:, :, 0]

# %% wrong: bilinear-at-half-size | The labels were resized with averaging, which invents classes and gives 125 × 125 pixels.
import numpy as np
from rasterio.io import MemoryFile
import requests

url = (
    "https://copernicus.discomap.eea.europa.eu/arcgis/rest/services/CLC_plus/"
    "CLMS_CLCplus_RASTER_2018_010m_eu/ImageServer/exportImage"
)
params = {
    "f": "image",
    "bbox": "3649890,2331750,3652390,2334250",
    "bboxSR": 3035,
    "imageSR": 3035,
    "size": "125,125",
    "format": "tiff",
    "pixelType": "U8",
    "interpolation": "RSP_BilinearInterpolation",
}
response = requests.get(url, params=params)
with MemoryFile(response.content) as memory, memory.open() as src:
    img_array = src.read(1)
img_array[img_array >= 254] = 0

# %% wrong: second-step-left-blank | The second blank is still empty: the file was not read.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = ___  # TODO: the labels as a NumPy array

# %% wrong: two-2021-and-transposed | Two mistakes: the labels are of 2021, and rows and columns are swapped.
from utils import download_clcpluslabel, tiff_to_numpy

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2021
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
img_array = tiff_to_numpy(filename).T

# %% wrong: two-no-data-and-three-axes | Two mistakes: all bands were read (three axes), and the codes 254 and 255 were left in.
import rasterio
from utils import download_clcpluslabel

# The box of the patch in EPSG:3035
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"

# Step 1: download the labels
download_clcpluslabel(filename, bbox, year)

# Step 2: read them as a table of class codes
with rasterio.open(filename) as src:
    img_array = src.read()
