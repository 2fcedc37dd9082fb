"""GeoJSON geometries in requests."""

from typing import Any

MOST_POINTS = 2_000
"""Most points of a geometry: the time to see whether it is valid grows with their square, and
nothing else in this process runs meanwhile, neither the one who watches the submission."""

_MISREAD = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What shapely raises over contents of which it expects something else."""


def read_geometry(content: Any) -> Any | None:
    """The shapely geometry that GeoJSON describes; None where it is none, invalid or large."""
    from shapely import get_num_coordinates
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        geometry = shape(content)
        if get_num_coordinates(geometry) > MOST_POINTS:
            return None
        return geometry if geometry.is_valid and not geometry.is_empty else None
    except (ShapelyError, *_MISREAD):
        return None
