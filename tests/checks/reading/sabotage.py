"""Objects that do something of their own whenever they are touched."""

import itertools
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import PosixPath
from typing import Any

import folium
import geopandas
import numpy as np
import pandas as pd
import pyproj
import shapely
from matplotlib.figure import Figure
from rasterio.crs import CRS

TRILLION = 10**12
BOX = shapely.box(3649890, 2331750, 3652390, 2334250)


def _raises(problem: type[BaseException]) -> Callable[..., Any]:
    def action(*_: Any, **__: Any) -> Any:
        raise problem("touched")

    return action


def _recurses(*_: Any, **__: Any) -> Any:
    return _recurses()


def _speaks(*_: Any, **__: Any) -> Any:
    print("touched")
    print("touched", file=sys.stderr)
    warnings.warn("touched", stacklevel=1)
    return 1


def _spins(*_: Any, **__: Any) -> Any:
    while True:
        pass


ACTIONS: dict[str, Callable[..., Any]] = {
    "raises": _raises(ValueError),
    "exits": _raises(SystemExit),
    "interrupts": _raises(KeyboardInterrupt),
    "closes": _raises(GeneratorExit),
    "recurses": _recurses,
    "speaks": _speaks,
    "sleeps": lambda *_, **__: time.sleep(3600),
    "spins": _spins,
    "lies": lambda *_, **__: 0,
    "claims": lambda *_, **__: TRILLION,
    "never ends": lambda *_, **__: itertools.count(),
}

_UNTOUCHED = {
    *("__new__", "__init__", "__del__", "__dict__", "__weakref__", "__doc__", "__module__"),
    *("__slots__", "__init_subclass__", "__subclasshook__", "__class_getitem__", "__setattr__"),
    *(
        "__class__",
        "__firstlineno__",
        "__static_attributes__",
        "__array_finalize__",
        "__type_params__",
    ),
}
_MAGIC = {
    *("__array__", "__array_interface__", "__array_ufunc__", "__array_function__", "__eq__"),
    *("__len__", "__iter__", "__next__", "__bool__", "__float__", "__int__", "__index__"),
    *("__fspath__", "__getattr__", "__getitem__", "__contains__", "__call__", "__repr__"),
    *("__str__", "__format__", "__hash__", "__lt__", "__gt__", "__geo_interface__", "__enter__"),
    *("__copy__", "__deepcopy__", "__reduce_ex__", "__getattribute__", "to_epsg", "to_wkt"),
}


def sabotaged(base: type, make: Callable[[type], Any], action: Callable[..., Any]) -> Any:
    """An instance of a subclass of ``base`` that overrides everything with ``action``."""
    armed: list[bool] = []
    honest = property(lambda self: action() if armed else cls)
    cls = type("Sabotaged", (base,), {"__class__": honest})
    value = make(cls)
    armed.append(True)
    for name in ({*dir(base)} | _MAGIC) - _UNTOUCHED:
        method = name.startswith("__") and name != "__array_interface__"
        setattr(cls, name, action if method else property(action))
    return value


def _masked(cls: type) -> Any:
    return np.ma.MaskedArray(np.ones((4, 4)), np.eye(4, dtype=bool)).view(cls)


BASES: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "object": (object, lambda cls: cls()),
    "ndarray": (np.ndarray, lambda cls: np.ones((5, 5, 3)).view(cls)),
    "masked array": (np.ma.MaskedArray, _masked),
    "str": (str, lambda cls: cls("EPSG:3035")),
    "bytes": (bytes, lambda cls: cls(b"label.npy")),
    "int": (int, lambda cls: cls(3035)),
    "float": (float, lambda cls: cls(6.25)),
    "list": (list, lambda cls: cls([1, 2, 3, 4])),
    "tuple": (tuple, lambda cls: cls([1, 2, 3, 4])),
    "dict": (dict, lambda cls: cls(features=[{"id": "a"}])),
    "path": (PosixPath, lambda cls: cls("label.npy")),
    "figure": (Figure, lambda cls: cls()),
    "frame": (geopandas.GeoDataFrame, lambda cls: cls(geometry=[BOX], crs=3035)),
    "series": (pd.Series, lambda cls: cls([1.0])),
    "map": (folium.Map, lambda cls: cls([48, 4])),
    "crs": (CRS, lambda cls: cls.from_epsg(3035)),
    "other crs": (pyproj.CRS, lambda cls: cls.from_epsg(3035)),
}


class Meta(type):
    """The class of a class that misbehaves."""

    __name__ = property(_raises(SystemExit))
    __subclasscheck__ = __instancecheck__ = __getattribute__ = _raises(SystemExit)
