"""A name that does not exist: misspelt, not made yet, not imported, or a text without its marks."""

from autograder.checks.explaining.errors.origins import origin
from autograder.checks.explaining.errors.wording import code, nearest
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading.problems import Problem

PACKAGES = {
    "ccrs": "cartopy.crs",
    "ctx": "contextily",
    "folium": "folium",
    "geopandas": "geopandas",
    "gpd": "geopandas",
    "json": "json",
    "math": "math",
    "mpatches": "matplotlib.patches",
    "np": "numpy",
    "numpy": "numpy",
    "os": "os",
    "pandas": "pandas",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "pyplot": "matplotlib.pyplot",
    "rasterio": "rasterio",
    "requests": "requests",
    "rio": "rasterio",
    "s3fs": "s3fs",
    "shapely": "shapely",
}
"""Packages by the names that they usually go by."""


def explain(problem: Problem, number: int) -> Explanation | None:
    """Why a name, a package or something in a package was not found."""
    asked = code(problem.one("asked"))
    if problem.is_a("NameError") and asked:
        return _name(problem, asked, number)
    if not problem.is_a("ImportError") or not asked:
        return None
    owner, near = code(problem.one("owner")), nearest(problem)
    if owner:
        last = asked.rpartition(".")[2]
        values = {"owner": owner, "asked": last, "near": near}
        return Explanation("import-misspelt" if near else "import-unknown", values)
    return Explanation(
        "package-misspelt" if near else "package-unknown", {"asked": asked, "near": near}
    )


def _name(problem: Problem, name: str, number: int) -> Explanation:
    values = {"name": name}
    made = problem.one("made-line")
    if made.isdecimal() and int(made) > problem.line:
        return Explanation("name-made-later", {**values, "made": made})
    source = origin(name, number)
    if source is not None:
        values |= {"exercise": str(source.exercise), "notebook": str(source.notebook)}
        if not source.exercise:
            return Explanation("name-given", values)
        if source.here:
            key = "name-of-exercise" if source.given else "name-of-exercise-cell"
            return Explanation(key, values)
    near = nearest(problem)
    if near:
        return Explanation("name-misspelt", {**values, "near": near})
    if name in PACKAGES:
        return Explanation("package-not-imported", {**values, "package": PACKAGES[name]})
    if source is not None and source.given:
        return Explanation("name-of-notebook", values)
    return Explanation("name-unknown", values)
