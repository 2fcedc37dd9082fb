"""Exercise 4: the profile of a raster, and a false-colour composite beside the true one."""

from autograder.checks import facts, pictures
from autograder.checks.exercise import ERROR, Exercise, FactSpec
from autograder.checks.exercises.true_colour import DISPLAY_TOLERANCE, NO_PROBE, VALUE_TOLERANCE
from autograder.checks.facts import Evidence, Fact
from autograder.checks.follow import shows
from autograder.checks.workspace import Workspace

PROFILE_KEYS = ("driver", "dtype", "width", "height", "count", "crs", "transform")
"""Keys that `profile` and `meta` of a rasterio dataset share."""


def collect(workspace: Workspace) -> Evidence:
    """Read what was printed, the composite, and both panels."""
    figure = pictures.figure_of(workspace, "fig", "axes", "ax")
    panels = pictures.panels(figure, NO_PROBE) + [pictures.NO_PANEL] * 2
    return {
        **facts.of_run(workspace),
        "profile": _profile(workspace),
        "fc_data": facts.own(workspace, "fc_data", facts.array),
        "fc": facts.own(workspace, "fc", facts.array),
        "rgb": facts.array(workspace.earlier("rgb")),
        "layout": pictures.layout(figure),
        "left": panels[0].colours,
        "right": panels[1].colours,
    }


def _profile(workspace: Workspace) -> Fact:
    """Whether the profile was printed, in whatever form."""
    if all(key in workspace.printed for key in PROFILE_KEYS):
        return facts.text("printed")
    if not workspace.printed.strip():
        return facts.missing("was not printed")
    return facts.text(f"something else was printed: {workspace.printed.strip()[:60]}")


EXERCISE = Exercise(
    number=4,
    names=("tile_url", "fc_data", "fc", "p98", "fig", "axes"),
    facts=(
        ERROR,
        FactSpec("fc_data", "values", "`fc_data`", VALUE_TOLERANCE, implied_by=("fc",)),
        FactSpec("fc", "values", "`fc`", DISPLAY_TOLERANCE),
        FactSpec("profile", "metadata", "The profile"),
        FactSpec("layout", "display", "The panels"),
        FactSpec("right", "display", "The right panel", comparison=shows("right", "fc")),
        FactSpec("left", "display", "The left panel", comparison=shows("left", "rgb")),
    ),
    collect=collect,
)
