"""A world: the folder that holds everything the offline services serve.

```
world.json     name, seed and the paths below, relative to the folder
patches/       14-band patches, compressed here, served uncompressed
labels/        CLC+ Backbone rasters, one folder per year
nuts.geojson   NUTS level 3 outlines, EPSG:3035
catalogue.json STAC items, newest first, without links
bulgaria.tif   12 Level-2A bands as uint16 digital numbers, EPSG:4326
expectations/  what the solutions yield in this world, recorded
```
"""

import json
from dataclasses import dataclass
from pathlib import Path

from utils.errors import CourseError

PRACTICE = Path(__file__).parent / "practice"
"""Folder of the practice world that is cached in the repository."""

MANIFEST = "world.json"


@dataclass(frozen=True)
class World:
    """The files of one world.

    Attributes:
        folder: Folder that holds the world.
        name: ``practice`` for the cached world.
        seed: Seed that the patches were simulated from.
        patches: File of each patch by the URL it is served under.
        labels: Label rasters by year; a point is looked up in the first raster that covers it.
        nuts: NUTS level 3 outlines (GeoJSON, EPSG:3035).
        catalogue: STAC items (JSON list, newest first, without ``links``).
        bulgaria: Image of Bulgaria (GeoTIFF, EPSG:4326, 12 bands, uint16 digital numbers).
        on_demand: Whether each tile of the index is served too, simulated when it is asked for.
    """

    folder: Path
    name: str
    seed: int
    patches: dict[str, Path]
    labels: dict[int, tuple[Path, ...]]
    nuts: Path
    catalogue: Path
    bulgaria: Path
    on_demand: bool = False

    @classmethod
    def load(cls, folder: Path) -> "World":
        """Read the manifest of a world.

        Raises:
            CourseError: The folder holds no world, or a file of it is missing.
        """
        folder = Path(folder)
        manifest = folder / MANIFEST
        try:
            entries = json.loads(manifest.read_text(encoding="utf-8"))
            world = cls(
                folder=folder,
                name=entries["name"],
                seed=entries["seed"],
                patches={url: folder / path for url, path in entries["patches"].items()},
                labels={
                    int(year): tuple(folder / path for path in paths)
                    for year, paths in entries["labels"].items()
                },
                nuts=folder / entries["nuts"],
                catalogue=folder / entries["catalogue"],
                bulgaria=folder / entries["bulgaria"],
                on_demand=entries.get("on_demand", False),
            )
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise CourseError(
                f"{manifest} cannot be read ({type(error).__name__}: {error})",
                "a folder with a world",
                "Run `make fixtures` to write the practice world again",
            ) from error
        world._require_files()
        return world

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the manifest names."""
        labels = (path for paths in self.labels.values() for path in paths)
        return (*self.patches.values(), *labels, self.nuts, self.catalogue, self.bulgaria)

    def patch_bytes(self, url: str) -> bytes:
        """The uncompressed GeoTIFF that the object store holds under `url`.

        Raises:
            KeyError: No patch of this world is served under `url`.
        """
        return uncompressed(self.patches[url])

    def _require_files(self) -> None:
        missing = [str(path) for path in self.files if not path.is_file()]
        if missing:
            raise CourseError(
                f"missing in the world {self.name!r}: {', '.join(missing)}",
                "every file that world.json names",
                "Run `make fixtures` to write the practice world again",
            )


def uncompressed(patch: Path) -> bytes:
    """The file of a patch as an object store holds it: a GeoTIFF without compression."""
    from rasterio.io import MemoryFile
    from rasterio.shutil import copy

    with MemoryFile() as memory:
        # One strip per band: a client that reads one band asks for one range of bytes.
        copy(
            patch,
            memory.name,
            driver="GTiff",
            compress="NONE",
            interleave="BAND",
            blockysize=4096,
        )
        return memory.read()
