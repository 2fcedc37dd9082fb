"""More answers to exercise 10: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: numpy-format-module
import numpy as np
from utils import get_file_system

local_path = "3649890_2331750_0_937.npy"
with open(local_path, "wb") as f:
    np.lib.format.write_array(f, np.asarray(img_array), allow_pickle=False)

fs = get_file_system()
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/" + local_path
fs.upload(local_path, s3_path)
for folder, _, files in fs.walk("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"):
    print(folder, files)

# %% right: memory-map-and-put-file
import numpy as np
from utils import get_file_system

local_path = "3649890_2331750_0_937.npy"
table = np.lib.format.open_memmap(local_path, mode="w+", dtype=img_array.dtype, shape=img_array.shape)
table[:] = img_array
table.flush()
del table

fs = get_file_system()
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"
fs.put_file(local_path, s3_path)
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250", detail=True)[0]["name"])

# %% right: class-builds-the-key
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from utils import get_file_system


@dataclass(frozen=True)
class LabelKey:
    bucket: str = "my-bucket"
    region: str = "FRJ27"
    year: int = 2018
    size: int = 250
    patch_id: str = "3649890_2331750_0_937"

    @property
    def folder(self) -> PurePosixPath:
        root = PurePosixPath(self.bucket, "data-preprocessed", "labels", "CLCplus-Backbone", "SENTINEL2")
        return root / self.region / str(self.year) / str(self.size)

    def __str__(self) -> str:
        return str(self.folder / f"{self.patch_id}.npy")


key = LabelKey()
local_path = f"{key.patch_id}.npy"
np.save(local_path, img_array, allow_pickle=False)
fs = get_file_system()
s3_path = str(key)
fs.put(local_path, s3_path)
listing = fs.ls(str(key.folder))
assert s3_path in listing, listing
print(*listing, sep="\n")

# %% right: buffer-piped-and-listed-with-refresh
import io
from pathlib import Path

import numpy as np
from utils import get_file_system

local_path = "3649890_2331750_0_937.npy"
with io.BytesIO() as buffer:
    np.save(buffer, img_array)
    content = buffer.getvalue()
Path(local_path).write_bytes(content)
fs = get_file_system()
s3_path = f"s3://my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/{local_path}"
with fs.open(s3_path, mode="wb") as remote:
    remote.write(content)
fs.invalidate_cache()
print(fs.ls(s3_path.rpartition("/")[0], refresh=True))

# %% right: column-major-order
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(file=local_path, arr=np.asfortranarray(img_array))
assert (np.load(local_path) == img_array).all()

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% right: path-out-of-the-address-of-the-image
import os

import numpy as np
from utils import get_file_system
from utils.reference import PRACTICE_PATCH_URL

relative = PRACTICE_PATCH_URL.split("projet-hackathon-ntts-2025/")[1]
s3_path = "my-bucket/" + relative.replace("/patchs/", "/labels/").replace(".tif", ".npy")
local_path = os.path.basename(s3_path)
np.save(local_path, img_array)
fs = get_file_system()
fs.put(local_path, s3_path)
print(fs.ls(os.path.dirname(s3_path)))

# %% right: folder-of-files-put-at-once
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from utils import get_file_system

fs = get_file_system()
folder = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"
with TemporaryDirectory() as d:
    local_path = Path(d, "3649890_2331750_0_937.npy")
    np.save(local_path, img_array)
    s3_path = f"{folder}/{local_path.name}"
    fs.put([str(local_path)], [s3_path])
print(sorted(fs.ls(folder)), fs.du(folder), "bytes")

# %% wrong: array-of-objects | As an array of objects it is pickled inside, and the training cannot load it; save the numbers as they are.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array.astype(object))

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: saved-in-a-dictionary | A dictionary around the array was saved instead of the array itself.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, {"label": img_array})

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: pickled | pickle writes its own format; the training reads NumPy's, written by np.save.
import pickle
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
with open(local_path, "wb") as f:
    pickle.dump(img_array, f)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: flattened | The table was flattened to one row before saving.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array.flatten())

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: label-in-the-singular | The folder is called labels, not label.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/label/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/label/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: year-before-region | The region comes before the year in the path: FRJ27/2018/250.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/2018/FRJ27/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/2018/FRJ27/250"))

# %% wrong: first-folder-missing | The path lacks data-preprocessed after the bucket.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: both-buckets | The name of the project's bucket was left in the path behind one's own bucket.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: array-uploaded-directly | put takes the name of a file, not the array; the cell stopped there.
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
fs.put(img_array, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: empty-object | touch makes an empty object; the file itself was not uploaded.
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
fs.touch(s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: brightness-of-labels | The codes were divided by 255 as if they were brightness; save them as they are.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array / 255)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: lower-case-sensor | Keys are case sensitive: the folder is SENTINEL2, in capitals.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/Sentinel2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/Sentinel2/FRJ27/2018/250"))

# %% wrong: yes-or-no | Only whether there is a class was saved (True or False), not the codes.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array > 0)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% wrong: two-flattened-and-singular | Two mistakes: the array was flattened, and the folder is called labels, not label.
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array.flatten())

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = "my-bucket/data-preprocessed/label/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(fs.ls("my-bucket/data-preprocessed/label/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))

# %% right: ls-frame-two-cols
import pandas as pd
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = (
    "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.npy"
)

# Step 4: upload the file
fs.put(local_path, s3_path)

# Step 5: list the folder
print(pd.DataFrame(fs.ls(s3_path.rsplit("/", 1)[0], detail=True))[["name", "size"]])

# %% right: right-then-backup
import numpy as np
from utils import get_file_system

# Step 1: save the labels
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)

# Step 2: get the file system
fs = get_file_system()

# Step 3: write down the destination
s3_path = (
    "my-bucket/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/"
    "FRJ27/2018/250/3649890_2331750_0_937.npy"
)

# Step 4: upload the file
fs.put(local_path, s3_path)
fs.put(local_path, "my-bucket/backup/3649890_2331750_0_937.npy")

# Step 5: list the folder
print(fs.ls(s3_path.rsplit("/", 1)[0]))
