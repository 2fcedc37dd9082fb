"""Answers to exercise 10, right by other roads and wrong as learners are."""
# ruff: noqa
# %% right: as-in-the-hints
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% right: project-bucket
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: s3-prefix
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "s3://my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: path-from-parts
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
nuts, year, size = "FRJ27", 2018, 250
dossier = f"my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/{nuts}/{year}/{size}"
s3_path = f"{dossier}/{local_path}"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
contenu = fs.ls(dossier)
print(contenu)

# %% right: path-joined-and-dirname
import os

import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "/".join(
    ["my-bucket", "data-preprocessed", "labels", "CLCplus-Backbone", "SENTINEL2", "FRJ27", "2018", "250", local_path]
)

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(os.path.dirname(s3_path), detail=True))

# %% right: saved-through-an-open-file
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
with open(local_path, "wb") as f:
    np.save(f, img_array, allow_pickle=False)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: written-straight-to-the-store
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Étape 4 : écrire directement sur S3
with fs.open(s3_path, "wb") as distant:
    np.save(distant, img_array)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: listed-with-find
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
for name in fs.find("my-bucket/data-preprocessed/labels"):
    print(name)

# %% right: listed-with-glob
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put_file(local_path, s3_path)

# Step 5: list the folder
print(fs.glob("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/*.npy"))

# %% right: bytes-piped
from io import BytesIO

import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
memory = BytesIO()
np.save(memory, img_array)
fs.pipe(s3_path, memory.getvalue())

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: extension-added-by-numpy
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save("3649890_2331750_0_937", img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: put-into-the-folder
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path.replace(local_path, ""))

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% right: pathlib-and-read-back
from pathlib import Path, PurePosixPath

import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = Path("3649890_2331750_0_937.npy")
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(str(local_path), s3_path)

# Step 5: list the folder
print(fs.ls(str(PurePosixPath(s3_path).parent)))
with fs.open(s3_path) as f:
    again = np.load(f)
print(again.shape, again.dtype, (again == img_array).all())

# %% right: own-s3fs-and-folder-made-first
import numpy as np
import os

import s3fs

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = s3fs.S3FileSystem(
    key=os.environ["AWS_ACCESS_KEY_ID"],
    secret=os.environ["AWS_SECRET_ACCESS_KEY"],
    token=os.environ["AWS_SESSION_TOKEN"],
    client_kwargs={"endpoint_url": "https://" + os.environ["AWS_S3_ENDPOINT"]},
)

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.makedirs(os.path.dirname(s3_path), exist_ok=True)
fs.upload(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: type-made-sure-of
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, np.asarray(img_array, dtype=np.uint8))

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put([local_path], [s3_path])

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: save-the-wrong-way-round | The arguments of np.save are swapped: first the file name, then the array.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(img_array, local_path)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: saved-as-text | np.savetxt writes text; the training reads NumPy's own format, written by np.save.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.savetxt(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: raw-bytes | tofile writes bare bytes without shape and type; the training cannot load them as .npy.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
img_array.tofile(local_path)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: zipped-archive | np.savez writes an archive (.npz), not a single array (.npy).
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npz"
np.savez(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: tiff-renamed | The TIFF was uploaded under the name of a .npy file; changing the name does not convert it.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(filename, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: path-of-the-images | The path is that of the images (patchs); labels lie under labels.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: year-2021-in-the-path | The year in the path is 2021, but the labels and the image are of 2018.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2021/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: another-region | The region in the path is FRJ23; the patch belongs to FRJ27.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ23/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: size-forgotten | The folder of the tile size (250) is missing from the path.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: bucket-forgotten | The path lacks the bucket: it must begin with my-bucket.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: bucket-misspelt | There is no bucket my_bucket: its name is written with a hyphen.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my_bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: file-name-forgotten | The destination ends with the folder: the name of the patch is missing, so the folder's name became the object.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: digits-swapped | Two digits of the patch's name are swapped (973 instead of 937).
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_973.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: placeholders-not-filled | The placeholders in braces were not filled in: the f before the text is missing.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/{NUTS}/{year}/{size}/{patch}.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: extension-of-the-image | The object ends in .tif as the image does; labels end in .npy.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.tif"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: put-the-wrong-way-round | The arguments of put are swapped: first the local file, then the destination.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(s3_path, local_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: never-uploaded | The file was saved and listed but never uploaded.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
s3_path

# Step 5: list the folder
print(fs.ls("my-bucket"))

# %% wrong: image-instead-of-labels | The image rgb was saved instead of the labels in img_array.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, rgb)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: labels-of-another-year | The labels of the worked example (2021) were saved instead of those of exercise 9.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, example_label)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: transposed | Rows and columns were swapped before saving.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array.T)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: array-of-zeros | The saved array is all zeros, not the labels of exercise 9.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
img_array = np.zeros((250, 250), dtype=np.uint8)
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% right: decimal-numbers
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array / 1.0)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: file-system-not-called | get_file_system was not called: the brackets are missing, so fs is a function.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: uploaded-before-saved | The upload comes before the labels were saved, so there is no file yet.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)
np.save(local_path, img_array)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: upload-left-blank | The blank for the upload is still empty, so nothing was uploaded.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
___  # TODO: upload local_path to s3_path

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: two-patchs-and-tif | Two mistakes: the path is that of the images (patchs), and the TIFF was uploaded instead of the .npy file.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/patchs/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(filename, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))

# %% wrong: two-2021-and-transposed | Two mistakes: the path says 2021, and rows and columns were swapped before saving.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array.T)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2021/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))
