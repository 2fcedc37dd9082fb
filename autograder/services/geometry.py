"""GeoJSON geometries in requests."""

from typing import Any

_MISREAD = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What shapely raises over contents of which it expects something else."""


def read_geometry(content: Any) -> Any | None:
    """The shapely geometry that GeoJSON describes; None where it is none, empty or invalid."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        geometry = shape(content)
        return geometry if geometry.is_valid and not geometry.is_empty else None
    except (ShapelyError, *_MISREAD):
        return None
