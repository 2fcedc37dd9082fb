"""NUTS level 3 outlines in the shape of the GISCO files: around the practice patches, Luxembourg.

Outlines in France: GISCO, NUTS 2021 at 1:20 million, rounded to 100 m. © EuroGeographics for the
administrative boundaries. That of Luxembourg joins places along its border by straight lines, and
is right within some 2 km.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Region:
    """One NUTS level 3 region.

    Attributes:
        code: NUTS code.
        name: Name in Latin script.
        types: Mountain, urban and coastal type of the region (Eurostat typologies).
        outline: Easting and northing of the vertices in hundreds of metres, EPSG:3035.
    """

    code: str
    name: str
    types: tuple[int, int, int]
    outline: str

    @property
    def vertices(self) -> list[tuple[float, float]]:
        """Vertices of the outline in metres, EPSG:3035, first one not repeated."""
        pairs = (pair.split() for pair in self.outline.split(","))
        return [(float(x) * 100, float(y) * 100) for x, y in pairs]


REGIONS = (
    Region(
        "FRJ27",
        "Tarn",
        (4, 3, 3),
        "37510 23142, 37389 23078, 37275 23101, 37259 22962, 37254 22916, 37185 22870, "
        "36968 22900, 36754 22930, 36666 23023, 36536 23162, 36428 23503, 36574 23684, "
        "36802 23720, 36913 23750, 37044 23677, 37176 23536, 37300 23251",
    ),
    Region(
        "FRJ23",
        "Haute-Garonne",
        (4, 1, 3),
        "36754 22930, 36610 22934, 36460 22780, 36202 22798, 36081 22665, 35924 22659, "
        "35771 22486, 35733 22365, 35620 22410, 35577 22358, 35554 22237, 35407 22265, "
        "35409 22379, 35508 22474, 35561 22524, 35454 22743, 35591 22925, 35738 23005, "
        "35844 22993, 35904 22987, 36004 23099, 36063 23165, 35931 23415, 36179 23392, "
        "36428 23503, 36536 23162, 36666 23023",
    ),
    Region(
        "FRJ28",
        "Tarn-et-Garonne",
        (4, 3, 3),
        "36737 23940, 36802 23720, 36574 23684, 36428 23503, 36179 23392, 35931 23415, "
        "35901 23489, 35797 23743, 35930 23841, 35979 24031, 36082 24042, 36313 23851",
    ),
    Region(
        "FRJ22",
        "Aveyron",
        (3, 3, 3),
        "37641 24188, 37732 23964, 37755 23732, 37907 23635, 37861 23598, 37935 23462, "
        "37871 23353, 37645 23273, 37602 23148, 37510 23142, 37300 23251, 37176 23536, "
        "37044 23677, 36913 23750, 36802 23720, 36737 23940, 36744 24098, 37026 24217, "
        "37097 24228, 37257 24252, 37468 24513, 37566 24429",
    ),
    Region(
        "FRJ11",
        "Aude",
        (4, 3, 1),
        "37185 22870, 37211 22736, 37315 22691, 37479 22733, 37710 22587, 37549 22364, "
        "37515 22187, 37355 22267, 36960 22201, 36891 22104, 36780 22066, 36578 22241, "
        "36656 22345, 36663 22535, 36460 22780, 36610 22934, 36754 22930, 36968 22900",
    ),
    Region(
        "LU000",
        "Luxembourg",
        (4, 2, 3),
        "40185 29456, 40203 29488, 40228 29559, 40255 29582, 40227 29664, 40155 29735, "
        "40149 29786, 40150 29853, 40198 29922, 40234 29982, 40278 30068, 40327 30105, "
        "40332 30145, 40374 30154, 40410 30125, 40449 30092, 40431 30015, 40463 29913, "
        "40501 29884, 40509 29828, 40564 29761, 40638 29735, 40702 29718, 40712 29706, "
        "40691 29626, 40641 29581, 40598 29495, 40589 29428, 40578 29350, 40516 29391, "
        "40451 29395, 40392 29366, 40376 29341, 40332 29338, 40296 29349, 40262 29390, "
        "40212 29403",
    ),
)
"""The regions served offline; the service has about 1500."""


def feature_collection() -> dict[str, Any]:
    """The regions as GeoJSON with the properties and the `crs` member of the GISCO files."""
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3035"}},
        "features": [_feature(region) for region in REGIONS],
    }


def write_nuts(path: Path) -> None:
    """Write the regions to a GeoJSON file (EPSG:3035)."""
    text = json.dumps(feature_collection(), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _feature(region: Region) -> dict[str, Any]:
    ring = region.vertices[::-1]  # counter-clockwise, as GeoJSON has it
    mountain, urban, coast = region.types
    return {
        "type": "Feature",
        "id": region.code,
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {
            "NUTS_ID": region.code,
            "LEVL_CODE": 3,
            "CNTR_CODE": region.code[:2],
            "NAME_LATN": region.name,
            "NUTS_NAME": region.name,
            "MOUNT_TYPE": mountain,
            "URBN_TYPE": urban,
            "COAST_TYPE": coast,
        },
    }
