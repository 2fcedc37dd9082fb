"""A recorded mistake is said where its sentence is true, and not of all that looks like it.

Each answer is the solution with replacements. Below its exercise stand the mistakes by name, with
answers that are this mistake in other words, then with answers that leave the same first fact.
"""

from collections.abc import Iterator

import pytest

from autograder.checks.check import check_workspace
from autograder.checks.judging.verdict import Verdict
from autograder.notebooks.recorder import Recorder, exercises_in_place, recorder
from autograder.notebooks.source import Manifest, read_all

Answers = list[dict[str, str]]

JUNE = '"2021-06-01T00:00:00Z/2021-06-30T23:59:59Z"'
TOKEN = "https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token"
CONVERT = 'gdf_wgs84 = gdf.to_crs("EPSG:4326")'
FRAME = 'gpd.GeoDataFrame({"tile": ["FRJ27"]}, geometry=[tile_geom], crs="EPSG:3035")'
JOIN = 'gpd.sjoin(tile_gdf, nuts, predicate="intersects")'
LABELS = "np.ma.masked_outside(img_array, 1, 11), cmap=cmap, vmin=1, vmax=11"
PATCH = 'Patch(facecolor=color, edgecolor="black", label=label) for label, color in classes'
PUT = "fs.put(local_path, s3_path)"

MISTAKES: dict[tuple[int, str], tuple[Answers, Answers]] = {
    (1, "dates-reversed"): (
        [{JUNE: '"2021-06-30T23:59:59Z/2021-06-01T00:00:00Z"'}],
        [
            {JUNE: '"2021-06-30T23:59:59Z/2021-06-30T23:59:59Z"'},
            {JUNE: '"2021-06-30T23:59:59Z/2021-07-31T00:00:00Z"'},
        ],
    ),
    (1, "one-date-only"): (
        [{JUNE: '"2021-06-01T00:00:00Z"'}, {JUNE: '"2021-06-01T00:00:00Z/"'}],
        [{JUNE: '"2021-06-01T00:00:00Z/2021-06-31T23:59:59Z"'}],
    ),
    (1, "token-from-the-catalogue"): (
        [{f'"{TOKEN}"': "'https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search'"}],
        [{f'"{TOKEN}"': "'https://sh.dataspace.copernicus.eu/api/v1/process'"}],
    ),
    (2, "cloud-limit-as-text"): ([], [{'Coverage": 10': 'Coverage": "10 %"'}]),
    (2, "dates-reversed"): (
        [],
        [{'"from": "2021-06-01T00:00:00Z"': '"from": "2021-06-30T23:59:59Z"'}],
    ),
    (2, "sent-without-token"): (
        [{"oauth.post(": "__import__('requests').post("}],
        [{"fs.put(local_path,": "open('a.tif', 'w').write('a')\nfs.put('a.tif',"}],
    ),
    (3, "percentile-as-fraction"): (
        [{"np.percentile(rgb, 98)": "np.percentile(rgb, q=98 / 100)"}],
        [{"np.percentile(rgb, 98)": "np.percentile(rgb, 1)"}],
    ),
    (3, "divided-by-ten-thousand"): (
        [{"np.percentile(rgb, 98)": "1e4"}, {"np.percentile(rgb, 98)": "10_000"}],
        [{"np.percentile(rgb, 98)": "20_000"}],
    ),
    (6, "result-not-stored"): (
        [
            {CONVERT: "gdf.to_crs(epsg=4326)\ngdf_wgs84 = gdf.copy()"},
            {CONVERT: 'gdf_wgs84 = gdf\ngdf_wgs84.to_crs("EPSG:4326")'},
        ],
        [
            {CONVERT: 'gdf_wgs84 = gdf.to_crs("EPSG:3035")'},
            {CONVERT: "gdf_wgs84 = gdf.to_crs(tile_crs)"},
            {CONVERT: "gdf_wgs84 = gdf"},
        ],
    ),
    (6, "metres-declared-as-degrees"): (
        [{'crs="EPSG:3035"': "crs=4326"}],
        [{FRAME: f'{FRAME}.to_crs("EPSG:4326")'}],
    ),
    (6, "web-mercator"): (
        [{CONVERT: "gdf_wgs84 = gdf.to_crs(epsg=3857)"}],
        [{CONVERT: "gdf_wgs84 = gdf.set_crs(epsg=3857, allow_override=True)"}],
    ),
    (7, "join-turned-round"): (
        [
            {JOIN: "nuts.sjoin(tile_gdf)"},
            {JOIN: "gpd.sjoin(left_df=nuts, right_df=tile_gdf)"},
            {JOIN: "gpd.sjoin(nuts, tile_gdf)"},
        ],
        [
            {JOIN: 'nuts[nuts["NUTS_ID"] == "FRJ27"]'},
            {JOIN: "nuts[nuts.intersects(tile_geom)]"},
        ],
    ),
    (7, "predicate-contains"): (
        [{JOIN: "tile_gdf.sjoin(nuts, predicate='covers')"}],
        [{JOIN: "tile_gdf.sjoin(nuts.iloc[:0])"}],
    ),
    (7, "tile-declared-in-degrees"): (
        [{"crs=tile_crs": "crs=4326"}],
        [{"crs=tile_crs)": 'crs=tile_crs).to_crs("EPSG:4326")'}],
    ),
    (7, "regions-in-degrees"): (
        [{"gpd.read_file(nuts_url)": "gpd.read_file(nuts_url).to_crs(4326)"}],
        [{"gpd.read_file(nuts_url)": "gpd.read_file(nuts_url).iloc[:0]"}],
    ),
    (8, "systems-swapped"): (
        [
            {
                'transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)': (
                    "transform_bounds(src_crs='epsg:4326', dst_crs=tile_crs, left=tile_bounds[0], "
                    "bottom=tile_bounds[1], right=tile_bounds[2], top=tile_bounds[3])"
                )
            }
        ],
        [{'transform_bounds(tile_crs, "EPSG:4326", *tile_bounds)': "[np.inf] * 4"}],
    ),
    (9, "result-not-stored"): (
        [{"img_array = tiff_to_numpy": "labels = tiff_to_numpy"}],
        [{"img_array = tiff_to_numpy(filename)": ""}],
    ),
    (9, "scaled-like-an-image"): (
        [{"tiff_to_numpy(filename)": "tiff_to_numpy(filename) / 255.0"}],
        [{"tiff_to_numpy(filename)": "tiff_to_numpy(filename) / 1000"}],
    ),
    (10, "put-turned-round"): (
        [{PUT: "fs.upload(s3_path, local_path)"}],
        [{PUT: "fs.put(s3_path, s3_path)"}],
    ),
    (10, "path-for-a-name"): ([], [{PUT: 'fs.put(local_path, s3_path + "/")'}]),
    (10, "whole-bucket-listed"): (
        [{'s3_path.rsplit("/", 1)[0]': 's3_path.split("/")[0]'}],
        [{'s3_path.rsplit("/", 1)[0]': 's3_path.rsplit("/", 3)[0]'}],
    ),
    (11, "limits-left-out"): (
        [{LABELS: "np.nan_to_num(img_array), cmap=cmap"}],
        [{LABELS: "img_array, cmap=cmap, vmin=0, vmax=11"}],
    ),
    (11, "legend-without-names"): (
        [{PATCH: "Patch(facecolor=color) for _, color in classes"}],
        [{PATCH: "Patch(facecolor=color, label=color) for _, color in classes"}],
    ),
}

NUMBERS = sorted({number for number, _ in MISTAKES})


def verdicts(
    player: Recorder, manifest: Manifest, answers: Answers
) -> Iterator[tuple[dict[str, str], Verdict]]:
    for changes in answers:
        code = manifest.solution
        for old, new in changes.items():
            assert old in code
            code = code.replace(old, new)
        with player.replaying(manifest.number):
            yield changes, check_workspace(player.workspace(code, manifest.number))


@pytest.fixture(scope="module")
def player() -> Iterator[Recorder]:
    with recorder() as running:
        yield running


@pytest.mark.parametrize("number", NUMBERS)
def test_a_mistake_is_named_where_its_sentence_is_true_and_only_there(
    player: Recorder, number: int
) -> None:
    amiss = []
    notebook = next(
        book for book in read_all() if number in {item.number for item in book.exercises}
    )
    places = exercises_in_place(player, notebook)
    manifest = next(place for place in places if place.number == number)
    for (of, name), (alike, others) in MISTAKES.items():
        if of != number:
            continue
        found = [*verdicts(player, manifest, alike), *verdicts(player, manifest, others)]
        for place, (changes, verdict) in enumerate(found):
            assert not verdict.passed, changes
            if (verdict.mistake == name) != (place < len(alike)):
                amiss.append(f"{name}: {changes} is called {verdict.mistake}")
    assert not amiss, "\n".join(amiss)
