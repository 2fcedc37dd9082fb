import numpy as np
from utils import get_file_system
local_path = "3649890_2331750_0_937.npy"
np.save(local_path, img_array)
fs = get_file_system()
s3_path = "projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250/3649890_2331750_0_937.npy"
fs.put(local_path, s3_path)
print(fs.ls("projet-hackathon-ntts-2025/data-preprocessed/labels/CLCplus-Backbone/SENTINEL2/FRJ27/2018/250"))
