"""Objects that no check expects: each entry of `KINDS` makes one when it is called."""

import base64
import itertools
import struct
import warnings
import zlib
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import folium
import geopandas
import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import rasterio
import shapely

from tests.checks.reading.sabotage import ACTIONS, BASES, BOX, TRILLION, Meta, sabotaged

Kind = Callable[[], Any]


# --- pictures ---------------------------------------------------------------------------------


def _picture(values: Any, **arguments: Any) -> Any:
    figure, ax = plt.subplots()
    ax.imshow(values, **arguments)
    return figure


def _with_array(values: Any) -> Any:
    figure = _picture(np.ones((3, 3)))
    figure.axes[0].images[0]._A = values
    return figure


def _picture_of(shape: tuple[int, ...], dtype: Any = float) -> Any:
    return _with_array(np.zeros(shape, dtype))


def _with_norm(action: Callable[..., Any], base: type = matplotlib.colors.Normalize) -> Any:
    figure = _picture(np.ones((3, 3)))
    norm = type("Norm", (base,), {"__call__": action, "__deepcopy__": action})(0, 1)
    figure.axes[0].images[0].norm = norm
    return figure


def _with_map(action: Callable[..., Any]) -> Any:
    cmap = type("Map", (matplotlib.colors.ListedColormap,), {"__call__": action})(["red", "blue"])
    return _picture(np.ones((3, 3)), cmap=cmap)


def _long_map() -> Any:
    pair = ["red", "blue"]
    cmap = matplotlib.colors.LinearSegmentedColormap.from_list("long", pair, N=2 * 10**9)
    return _picture(np.ones((3, 3)), cmap=cmap)


def _closed() -> Any:
    figure = _picture(np.ones((3, 3)))
    plt.close(figure)
    return figure


def _cleared() -> Any:
    figure = _picture(np.ones((3, 3)))
    figure.clear()
    return figure


def _orphan() -> Any:
    _, ax = plt.subplots()
    ax.remove()
    return ax


# --- maps -------------------------------------------------------------------------------------


def _map_with(**attributes: Any) -> Any:
    chart = folium.Map([48, 4])
    layer = folium.raster_layers.ImageOverlay(np.ones((3, 3, 3)), [[47, 3], [49, 5]])
    layer.add_to(chart)
    for name, value in attributes.items():
        setattr(layer, name, value)
    return chart


def _recursive_map() -> Any:
    chart = folium.Map([48, 4])
    chart._children["self"] = chart
    return chart


def _changed_map(**attributes: Any) -> Any:
    chart = folium.Map([48, 4])
    vars(chart).update(attributes)
    return chart


def _data_url(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def bomb(side: int = 60_000) -> bytes:
    """A small PNG that says it is ``side`` by ``side`` pixels large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000_000), 9)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


# --- frames, rasters, containers --------------------------------------------------------------


def frame(shapes: Any, **columns: Any) -> Any:
    """A GeoDataFrame with a CRS."""
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=3035)


def _long_frame() -> Any:
    return frame(np.repeat(np.array([BOX], dtype=object), 2_000_000))


def _twice_named() -> Any:
    twice = frame([BOX], NUTS_ID=["FRJ27"])
    twice["again"] = twice.geometry
    twice["code"] = "X"
    twice.columns = ["NUTS_ID", "geometry", "geometry", "NUTS_ID"]
    return twice


def _strange_cells() -> Any:
    sleeps = ACTIONS["sleeps"]
    cell = type("Cell", (), {"__str__": sleeps, "__repr__": sleeps, "__eq__": sleeps})
    return frame([BOX], NUTS_ID=[cell()])


def _dataset() -> Any:
    with rasterio.MemoryFile() as memory:
        profile = {"driver": "GTiff", "width": 2, "height": 2, "count": 1, "dtype": "uint8"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with memory.open(**profile) as dataset:
                return dataset


def _recursive_list() -> list[Any]:
    items: list[Any] = []
    items += [items, items]
    return items


def _deep_list() -> Any:
    items: list[Any] = []
    for _ in range(100_000):
        items = [items]
    return items


def _structured_mask() -> Any:
    table = np.ma.zeros((3, 3), dtype=[("a", float), ("b", int)])
    table["a"][1] = np.ma.masked
    return table


def _wrong_mask(mask: Any) -> Any:
    values = np.ma.ones((3, 3))
    object.__setattr__(values, "_mask", mask)
    return values


def _of_nan(value: float) -> Any:
    return np.full((250, 250, 3), value)


EMPTY = ((0,), (0, 0), (0, 0, 3), (250, 0, 3), (3, 3, 0), (1, 0, 4))
DTYPES = ("object", "complex128", "datetime64[s]", "timedelta64[s]", "U5", "S5", "V8", "f2,i4")
SHAPES = ((), (1,), (4,), (250,), (1, 1), (250, 250), (250, 250, 1), (250, 250, 2), (2, 250, 250))


KINDS: dict[str, Kind] = {
    **{
        f"{base} that {name}": partial(sabotaged, *BASES[base], action)
        for base in BASES
        for name, action in ACTIONS.items()
    },
    **{f"norm that {name}": partial(_with_norm, action) for name, action in ACTIONS.items()},
    **{f"cmap that {name}": partial(_with_map, action) for name, action in ACTIONS.items()},
    **{f"empty array {shape}": partial(np.zeros, shape) for shape in EMPTY},
    **{f"array of {dtype}": partial(np.zeros, (5, 5), dtype) for dtype in DTYPES},
    **{f"array {shape}": partial(np.full, shape, 0.5) for shape in SHAPES},
    **{f"picture of {shape}": partial(_picture_of, shape) for shape in EMPTY + SHAPES},
    **{f"picture of {d}": partial(_picture_of, (3, 3), d) for d in DTYPES},
    "huge array": lambda: np.broadcast_to(1.0, (TRILLION,)),
    "huge picture": lambda: np.broadcast_to(np.float32(1), (10**6, 10**6, 3)),
    "huge array of objects": lambda: np.broadcast_to(np.array(None), (TRILLION,)),
    "huge masked array": lambda: np.ma.MaskedArray(np.broadcast_to(1.0, (TRILLION,)), np.False_),
    "array of 20 million": lambda: np.zeros(20_000_000),
    "largest array": lambda: np.ones((1000, 1000, 4)),
    "not a number": lambda: _of_nan(np.nan),
    "infinity": lambda: _of_nan(np.inf),
    "minus infinity": lambda: _of_nan(-np.inf),
    "largest number": lambda: _of_nan(1.7e308),
    "long double": lambda: np.full((250, 250), np.longdouble("1e4000")),
    "big-endian": lambda: np.ones((250, 250), ">f4"),
    "masked": lambda: np.ma.masked,
    "all masked": lambda: np.ma.masked_all((250, 250)),
    "structured mask": _structured_mask,
    "mask of another shape": lambda: _wrong_mask(np.ones((2, 2), bool)),
    "mask that is a word": lambda: _wrong_mask("x"),
    "matrix": lambda: np.eye(3).view(np.matrix),
    "recursive list": _recursive_list,
    "deep list": _deep_list,
    "generator": lambda: (number for number in itertools.count()),
    "iterator": itertools.count,
    "endless map": lambda: map(str, itertools.count()),
    "range": lambda: range(TRILLION),
    "metaclass": lambda: Meta("Classy", (), {})(),
    "class": lambda: Meta("Classy", (), {}),
    "long name": lambda: type("N" * 10_000_000, (), {})(),
    "strange name": lambda: type("\x1b[31m<b>\u202e", (), {})(),
    "huge integer": lambda: 10**100_000,
    "decimal": lambda: Decimal("1e999999"),
    "signal": lambda: Decimal("sNaN"),
    "fraction": lambda: Fraction(10**5000, 3),
    "complex": lambda: 1j,
    "long text": lambda: "9" * 50_000_000,
    "control characters": lambda: "\x00\x1b[31m\ud800\u202e",
    "not implemented": lambda: NotImplemented,
    "module": lambda: np,
    "closed dataset": _dataset,
    "closed figure": _closed,
    "cleared figure": _cleared,
    "figure without axes": plt.figure,
    "removed axes": _orphan,
    "3-D axes": lambda: plt.figure().add_subplot(projection="3d"),
    "polar axes": lambda: plt.figure().add_subplot(projection="polar"),
    "subfigures": lambda: plt.figure().subfigures(1, 2),
    "array of no axes": lambda: np.empty((0,), dtype=object),
    "60 axes": lambda: plt.subplots(6, 10)[0],
    "picture of nothing": lambda: _with_array(None),
    "picture of words": lambda: _with_array("words"),
    "huge image": lambda: _with_array(np.broadcast_to(1.0, (10**6, 10**6))),
    "logarithm of negatives": lambda: _picture(-np.ones((3, 3)), norm="log"),
    "logarithm of nothing": lambda: _picture(np.full((3, 3), np.nan), norm="log"),
    "limits the wrong way": lambda: _with_norm(matplotlib.colors.Normalize(2, 1).__call__),
    "long colour map": _long_map,
    "no colours": lambda: _with_map(lambda *_: None),
    "colours of another shape": lambda: _with_map(lambda *_: np.ones((7, 4))),
    "frame without geometry": lambda: geopandas.GeoDataFrame({"NUTS_ID": ["FRJ27"]}),
    "frame without rows": lambda: frame([]),
    "frame of nothing": lambda: frame([None, None], NUTS_ID=[None, object()]),
    "frame of empty shapes": lambda: frame([shapely.Point(), shapely.Polygon()]),
    "frame half empty": lambda: frame([BOX, None], NUTS_ID=["FRJ27", np.nan]),
    "frame of infinity": lambda: frame([shapely.Point(np.inf, np.nan)]),
    "frame of 2 million": _long_frame,
    "frame with names twice": _twice_named,
    "frame of hostile cells": _strange_cells,
    "no frame": lambda: pd.DataFrame({"NUTS_ID": ["FRJ27"]}),
    "series of words": lambda: pd.Series(["a"] * 4),
    "empty shape": shapely.Polygon,
    "shape of infinity": lambda: shapely.Point(np.inf, -np.inf),
    "shape of a million": lambda: shapely.LineString(np.zeros((1_000_000, 2))),
    "shapes in shapes": lambda: shapely.GeometryCollection([shapely.MultiPoint([(0, 0)]), BOX]),
    "closed ring": lambda: shapely.LinearRing([(0, 0), (1, 0), (0, 1)]),
    "map without layers": lambda: folium.Map(),
    "map of itself": _recursive_map,
    "map without children": lambda: _changed_map(_children=None),
    "map of strangers": lambda: _changed_map(_children={"a": KINDS["object that sleeps"]()}),
    "map anywhere": lambda: _changed_map(location=KINDS["list that sleeps"]()),
    "map of many layers": lambda: _changed_map(_children={n: folium.Map() for n in range(30)}),
    "map fitted to nothing": lambda: folium.FitBounds([]).add_to(folium.Map()).get_root(),
    "overlay from elsewhere": lambda: _map_with(url="https://example.org/a.png"),
    "overlay from a file": lambda: _map_with(url="file:///dev/zero"),
    "overlay of no image": lambda: _map_with(url=_data_url(b"words")),
    "overlay of bad base64": lambda: _map_with(url="data:image/png;base64,é\0"),
    "overlay of a bomb": lambda: _map_with(url=_data_url(bomb())),
    "overlay cut short": lambda: _map_with(url=_data_url(bomb(500)[:300])),
    "overlay of PostScript": lambda: _map_with(url=_data_url(b"%!PS-Adobe-3.0 EPSF-3.0\n", "eps")),
    "overlay of a long address": lambda: _map_with(url="data:image/png;base64," + "A" * 30_000_000),
    "overlay of an object": lambda: _map_with(url=KINDS["str that sleeps"]()),
    "overlay nowhere": lambda: _map_with(bounds=None),
    "overlay on one point": lambda: _map_with(bounds=[[0, 0], [0, 0]]),
    "overlay at infinity": lambda: _map_with(bounds=[[-np.inf, np.nan], [np.inf, np.inf]]),
    "overlay on flat bounds": lambda: _map_with(bounds=[47, 3, 49, 5]),
    "overlay on strange bounds": lambda: _map_with(bounds=_recursive_list()),
    "overlay with strange options": lambda: _map_with(options=7, show=KINDS["object that exits"]()),
}
"""How to make each hostile object; making one may take a second, reading it may not."""
