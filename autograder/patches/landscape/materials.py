"""What the ground is made of: reflectances, and surfaces that change from May to August.

Reflectances are typical surface values of the Sentinel-2 bands for each cover, collected from
public spectral libraries. Surfaces mix them: a wheat field is green in May and stubble in July.
"""

from dataclasses import dataclass

import numpy as np

REFLECTANCES: dict[str, tuple[float, ...]] = {
    # B1, B2, B3, B4, B5, B6, B7, B8, B8A, B9, B11, B12: fractions
    "urban": (.089, .104, .141, .177, .210, .240, .260, .260, .274, .270, .286, .227),
    "conifer": (.012, .017, .030, .020, .050, .150, .190, .200, .215, .215, .095, .045),
    "deciduous": (.014, .020, .051, .013, .069, .321, .438, .439, .438, .425, .191, .071),
    "evergreen": (.015, .019, .047, .014, .063, .242, .306, .310, .312, .306, .139, .044),
    "shrubs": (.024, .031, .064, .031, .090, .229, .273, .285, .292, .299, .193, .088),
    "grass": (.022, .030, .068, .028, .092, .275, .328, .334, .337, .336, .194, .090),
    "dry grass": (.042, .051, .093, .061, .136, .250, .290, .314, .327, .345, .282, .165),
    "crop": (.017, .022, .052, .017, .071, .318, .426, .429, .431, .416, .170, .063),
    "straw": (.074, .103, .145, .206, .241, .275, .309, .326, .346, .306, .396, .264),
    "dark soil": (.054, .073, .104, .146, .155, .163, .176, .180, .187, .160, .246, .236),
    "bright soil": (.118, .145, .189, .246, .259, .273, .294, .302, .314, .269, .372, .313),
    "moss": (.090, .120, .170, .190, .230, .280, .310, .330, .345, .350, .330, .220),
    "water": (.026, .023, .025, .020, .020, .019, .021, .018, .020, .020, .009, .006),
    # Parts of the urban mix, and water that carries silt: the mixes above taken apart.
    "tile": (.082, .092, .128, .196, .232, .248, .262, .268, .280, .270, .312, .268),
    "slate": (.086, .096, .108, .116, .122, .128, .134, .138, .144, .140, .150, .132),
    "asphalt": (.080, .090, .106, .118, .126, .134, .142, .146, .152, .146, .176, .162),
    "concrete": (.150, .176, .212, .240, .256, .268, .280, .284, .292, .276, .318, .286),
    "white metal": (.440, .480, .510, .520, .524, .522, .518, .512, .516, .480, .470, .400),
    "silty water": (.040, .042, .062, .046, .038, .024, .025, .020, .021, .021, .010, .007),
}  # fmt: skip
"""Reflectance of each cover in the twelve Level-2A bands."""

COVERS = tuple(REFLECTANCES)


@dataclass(frozen=True)
class Surface:
    """A kind of surface on the ground.

    Attributes:
        code: CLC+ class.
        mixture: Share of each cover at four times, early May to late August; scaled to sum to 1.
        trees: Share of the ground that crowns of broadleaved trees hide.
        spread: Standard deviation of the brightness from one object to the next.
        field: Grown in rows, with the soil showing through.
    """

    code: int
    mixture: dict[str, tuple[float, float, float, float]]
    trees: float = 0.0
    spread: float = 0.06
    field: bool = False

    def shares(self) -> np.ndarray:
        """Shares of the covers at the four times, float (4, covers)."""
        table = np.zeros((4, len(COVERS)))
        for name, values in self.mixture.items():
            table[:, COVERS.index(name)] = values
        return table / table.sum(axis=1, keepdims=True)


def _always(**shares: float) -> dict[str, tuple[float, float, float, float]]:
    return {name.replace("_", " "): (share,) * 4 for name, share in shares.items()}


def _crop(**shares: tuple[float, float, float, float]) -> Surface:
    mixture = {name.replace("_", " "): values for name, values in shares.items()}
    return Surface(7, mixture, trees=0.002, spread=0.10, field=True)


SURFACES: dict[str, Surface] = {
    # farmland
    "wheat": _crop(crop=(.9, .4, 0, 0), straw=(.06, .45, .6, .35), dry_grass=(0, .05, .2, .2),
                   dark_soil=(.04, .1, .2, .45)),
    "barley": _crop(crop=(.75, .1, 0, .1), straw=(.2, .6, .6, .4), dry_grass=(0, .15, .2, .3),
                    dark_soil=(.05, .15, .2, .2)),
    "sunflower": _crop(crop=(.1, .55, .85, .5), bright_soil=(.5, .2, .06, .1),
                       dark_soil=(.4, .25, .06, .1), straw=(0, 0, .03, .3)),
    "maize": _crop(crop=(.15, .65, .95, .93), dark_soil=(.85, .35, .05, .07)),
    "soya": _crop(crop=(.05, .35, .85, .90), bright_soil=(.55, .35, .1, .1),
                  dark_soil=(.4, .3, .05, 0)),
    "rape": _crop(crop=(.8, .5, .05, .1), straw=(.1, .4, .65, .3), dark_soil=(.1, .1, .3, .6)),
    "ploughed": _crop(dark_soil=(.7, .8, .85, .8), bright_soil=(.2, .1, .1, .1),
                      grass=(.1, .1, .05, .1)),
    "fallow": _crop(bright_soil=(.6, .6, .7, .75), dry_grass=(.25, .3, .3, .25),
                    straw=(.1, .1, .1, .1)),
    "lucerne": _crop(crop=(.6, .45, .6, .5), grass=(.4, .5, .3, .4), dark_soil=(0, .05, .1, .1)),
    "vineyard": Surface(5, {"shrubs": (.3, .5, .6, .6), "bright soil": (.5, .4, .35, .35),
                            "dry grass": (.2, .1, .05, .05)}, 0.002, 0.06, True),
    "orchard": Surface(5, {"shrubs": (.5, .6, .6, .55), "grass": (.4, .3, .25, .25),
                           "bright soil": (.1, .1, .15, .2)}, 0.15, 0.06, True),
    "meadow": Surface(6, {"grass": (.9, .75, .5, .5), "dry grass": (.1, .25, .5, .5)}, 0.012, 0.07),
    "pasture": Surface(6, {"grass": (.95, .8, .6, .6), "dry grass": (.05, .2, .4, .4)}, 0.05, 0.07),
    "dry meadow": Surface(6, {"grass": (.5, .3, .1, .1), "dry grass": (.5, .6, .6, .6),
                              "straw": (0, .1, .3, .3)}, 0.01, 0.07),
    "verge": Surface(6, {"grass": (.7, .5, .3, .3), "dry grass": (.3, .5, .7, .7)}, 0.06, 0.08),
    # trees and shrubs
    "wood": Surface(3, _always(deciduous=.6, shrubs=.4), 0.94, 0.05),
    "bank": Surface(5, _always(shrubs=.6, grass=.4), 0.86, 0.06),
    "hedge": Surface(5, _always(shrubs=.7, grass=.3), 0.72, 0.06),
    "scrub": Surface(5, _always(shrubs=.8, dry_grass=.15, grass=.05), 0.12, 0.08),
    "conifers": Surface(2, _always(conifer=.9, shrubs=.1), 0.06, 0.05),
    "holm oaks": Surface(4, _always(evergreen=.9, shrubs=.1), 0.03, 0.05),
    # bare ground and water
    "gravel": Surface(9, _always(bright_soil=.8, dry_grass=.15, moss=.05), 0.03, 0.06),
    "rock": Surface(9, _always(bright_soil=.5, moss=.35, dry_grass=.15), 0.03, 0.06),
    "moss heath": Surface(8, _always(moss=.85, dry_grass=.15), 0.0, 0.05),
    "river": Surface(10, _always(silty_water=.75, water=.25), 0.0, 0.02),
    "pond": Surface(10, _always(silty_water=.35, water=.65), 0.0, 0.08),
    # town
    "garden": Surface(6, {"grass": (.6, .5, .4, .4), "dry grass": (.25, .35, .4, .4),
                          "shrubs": (.1, .1, .1, .1), "bright soil": (.05, .05, .1, .1)},
                      0.24, 0.12),
    "lawn": Surface(6, {"grass": (.9, .8, .6, .6), "dry grass": (.1, .2, .4, .4)}, 0.10, 0.06),
    "park": Surface(6, {"grass": (.8, .7, .5, .5), "dry grass": (.2, .3, .5, .5)}, 0.45, 0.06),
    "pitch": Surface(6, _always(grass=.95, dry_grass=.05), 0.0, 0.04),
    "court": Surface(1, _always(concrete=.5, tile=.3, bright_soil=.1, dry_grass=.1), 0.05, 0.10),
    "tiled roof": Surface(1, _always(tile=.85, concrete=.15), 0.0, 0.15),
    "slate roof": Surface(1, _always(slate=.9, concrete=.1), 0.0, 0.12),
    "white roof": Surface(1, _always(white_metal=.9, concrete=.1), 0.0, 0.16),
    "grey roof": Surface(1, _always(concrete=.8, white_metal=.2), 0.0, 0.15),
    "road": Surface(1, _always(asphalt=.85, concrete=.15), 0.05, 0.06),
    "street": Surface(1, _always(asphalt=.7, concrete=.3), 0.08, 0.06),
    "track": Surface(9, _always(bright_soil=.6, dry_grass=.4), 0.08, 0.08),
    "yard": Surface(1, _always(concrete=.5, asphalt=.4, dry_grass=.1), 0.02, 0.12),
    "railway": Surface(1, _always(asphalt=.55, dark_soil=.3, dry_grass=.15), 0.02, 0.03),
    "crowns": Surface(3, _always(deciduous=.93, shrubs=.07), 0.0, 0.09),
}  # fmt: skip
"""Every surface by name."""

SURFACE_NAMES = tuple(SURFACES)


def surface_number(name: str) -> int:
    """Position of a surface in `SURFACES`."""
    return SURFACE_NAMES.index(name)
