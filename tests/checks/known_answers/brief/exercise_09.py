from utils import download_clcpluslabel, tiff_to_numpy
bbox = [3649890, 2331750, 3652390, 2334250]
year = 2018
filename = "test_label.tif"
download_clcpluslabel(filename, bbox, year)
img_array = tiff_to_numpy(filename)
