"""What `download_clcpluslabel` and `tiff_to_numpy` promise."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.io import MemoryFile
from rasterio.transform import from_bounds

from tests.utils.conftest import Answer, Server
from utils import download, download_clcpluslabel, labels, tiff_to_numpy
from utils.errors import CourseError

BBOX = [3649890, 2331750, 3652390, 2334250]


def tiff(array: np.ndarray, bbox: list[int] = BBOX) -> bytes:
    """`array` of shape (bands, height, width) as the bytes of a GeoTIFF in EPSG:3035."""
    count, height, width = array.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            dtype=array.dtype.name,
            count=count,
            height=height,
            width=width,
            crs="EPSG:3035",
            transform=from_bounds(*bbox, width, height),
        ) as dst:
            dst.write(array)
        return bytes(memory.read())


CLASSES = np.random.default_rng(1).choice(
    np.array([1, 2, 7, 10, 11, 253, 254, 255], np.uint8), (1, 250, 250)
)
LABEL = tiff(CLASSES)


@pytest.fixture
def service(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(labels, "LABEL_URL", server.url + "/{year}")
    monkeypatch.setattr(download, "WAITS", (0.01, 0.01, 0.01))
    server.answers = [Answer(LABEL)]
    return server


def refusal(*args: object) -> str:
    with pytest.raises(CourseError) as caught:
        download_clcpluslabel(*args)  # type: ignore[arg-type]
    return str(caught.value)


class TestWhatIsAskedFor:
    def test_nearest_neighbour_uint8_at_10_m(self, service: Server, tmp_path: Path) -> None:
        download_clcpluslabel(tmp_path / "label.tif", [3649890, 2331750, 3652390, 2332750], 2018)
        (query,) = service.queries
        assert query == {
            "f": "image",
            "bbox": "3649890,2331750,3652390,2332750",
            "bboxSR": "3035",
            "imageSR": "3035",
            "size": "250,100",
            "format": "tiff",
            "pixelType": "U8",
            "interpolation": "RSP_NearestNeighbor",
        }

    @pytest.fixture(autouse=True)
    def fitting(self, service: Server) -> None:
        service.answers = [Answer(tiff(CLASSES[:, :100]))]


class TestWhatIsSaved:
    def test_the_label_and_nothing_else(self, service: Server, tmp_path: Path) -> None:
        download_clcpluslabel(str(tmp_path / "label.tif"), BBOX, year=2018)
        assert [path.name for path in tmp_path.iterdir()] == ["label.tif"]
        with rasterio.open(tmp_path / "label.tif") as src:
            assert np.array_equal(src.read(), CLASSES)

    @pytest.mark.parametrize(
        "box",
        [tuple(BBOX), np.array(BBOX, np.float64), [value + 1e-7 for value in BBOX]],
        ids=["tuple", "numpy", "rounding error"],
    )
    def test_any_sequence_of_numbers_is_a_bbox(
        self, service: Server, tmp_path: Path, box: list[float]
    ) -> None:
        download_clcpluslabel(tmp_path / "label.tif", box, np.int64(2021))  # type: ignore[arg-type]
        assert service.queries[0]["bbox"] == "3649890,2331750,3652390,2334250"

    def test_a_failure_leaves_an_older_file_as_it_was(
        self, service: Server, tmp_path: Path
    ) -> None:
        (tmp_path / "label.tif").write_bytes(b"older")
        service.answers = [Answer(LABEL[:1000])]
        assert "damaged" in refusal(tmp_path / "label.tif", BBOX, 2018)
        assert [path.name for path in tmp_path.iterdir()] == ["label.tif"]
        assert (tmp_path / "label.tif").read_bytes() == b"older"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("bbox", "word"),
        [
            (BBOX[:3], "Four finite numbers"),
            ([*BBOX, 1], "Four finite numbers"),
            (3649890, "Four finite numbers"),
            (None, "Four finite numbers"),
            ("3649890,2331750,3652390,2334250", "Four finite numbers"),
            ([str(value) for value in BBOX], "Four finite numbers"),
            ([3649890, float("nan"), 3652390, 2334250], "Four finite numbers"),
            ([3649890, 2331750, float("inf"), 2334250], "Four finite numbers"),
            ([3652390, 2331750, 3649890, 2334250], "west, south, east, north"),
            ([3649890, 2334250, 3652390, 2331750], "west, south, east, north"),
            ([3649890, 3652390, 2331750, 2334250], "west, south, east, north"),
            ([3649890, 2331750, 3649890, 2334250], "west, south, east, north"),
            ([3649895, 2331750, 3652395, 2334250], "multiple of 10"),
            ([3649890, 2331750, 3652390, 2334250.5], "multiple of 10"),
            ([1.6639, 43.7589, 1.6979, 43.7838], "degrees"),
            ([43.7589, 1.6639, 43.7838, 1.6979], "degrees"),
            ([3649890, 2331750, 3649890 + 41010, 2334250], "4100 pixels"),
        ],
    )
    def test_a_bbox_that_cannot_be_served(
        self, service: Server, tmp_path: Path, bbox: object, word: str
    ) -> None:
        assert word in refusal(tmp_path / "label.tif", bbox, 2018)
        assert service.queries == []
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("year", [2015, 2023, "2018", None, 18])
    def test_a_year_without_a_service_naming_those_it_has(
        self, service: Server, tmp_path: Path, year: object
    ) -> None:
        message = refusal(tmp_path / "label.tif", BBOX, year)
        assert "2018 and 2021" in message
        assert repr(year) in message

    def test_a_folder_that_is_not_there(self, service: Server, tmp_path: Path) -> None:
        assert "no folder" in refusal(tmp_path / "nowhere" / "label.tif", BBOX, 2018)
        assert "is a folder" in refusal(tmp_path, BBOX, 2018)

    @settings(deadline=None)
    @given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=5))
    def test_no_list_of_numbers_ends_in_another_error(self, numbers: list[float]) -> None:
        try:
            west, south, east, north = labels.checked_bbox(numbers)
        except CourseError:
            return
        assert west < east
        assert south < north


class TestWhatTheServiceMayDo:
    def test_an_error_with_status_200_is_told(self, service: Server, tmp_path: Path) -> None:
        error = {
            "error": {
                "code": 400,
                "extendedCode": -2147024809,
                "message": "Invalid or missing input parameters.",
                "details": ["The requested image exceeds the size limit."],
            }
        }
        service.answers = [
            Answer(json.dumps(error).encode(), headers={"Content-Type": "image/tiff"})
        ]
        message = refusal(tmp_path / "label.tif", BBOX, 2018)
        assert "error 400" in message
        assert "exceeds the size limit" in message
        assert list(tmp_path.iterdir()) == []
        assert len(service.queries) == 1

    @pytest.mark.parametrize("body", [b"", b"<html>Maintenance</html>", b"[1]", b'{"error": 1}'])
    def test_what_is_no_image_is_not_saved(
        self, service: Server, tmp_path: Path, body: bytes
    ) -> None:
        service.answers = [Answer(body)]
        assert "did not send an image" in refusal(tmp_path / "label.tif", BBOX, 2018)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "array", [CLASSES[:, :200], np.repeat(CLASSES, 3, axis=0), CLASSES.astype(np.float32)]
    )
    def test_another_image_than_asked_is_not_saved(
        self, service: Server, tmp_path: Path, array: np.ndarray
    ) -> None:
        service.answers = [Answer(tiff(array))]
        assert "250, 250) pixels" in refusal(tmp_path / "label.tif", BBOX, 2018)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "failure",
        [
            *(Answer(status=status) for status in (429, 502, 503, 504)),
            Answer(b'{"error": {"code": 503, "message": "busy"}}'),
            Answer(LABEL[:5000], claim=len(LABEL)),
            Answer(status=503, headers={"Retry-After": "soon"}),
        ],
        ids=["429", "502", "503", "504", "503 as 200", "cut short", "odd header"],
    )
    def test_what_may_pass_is_tried_again(
        self,
        service: Server,
        tmp_path: Path,
        failure: Answer,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        service.answers = [failure, failure, Answer(LABEL)]
        download_clcpluslabel(tmp_path / "label.tif", BBOX, 2018)
        assert (tmp_path / "label.tif").read_bytes() == LABEL
        assert len(service.queries) == 3
        out, err = capsys.readouterr()
        assert out.count("trying again") == 2
        assert err == ""

    @pytest.mark.parametrize("slow", [Answer(LABEL, delay=0.5), Answer(LABEL, piece_delay=0.5)])
    def test_a_time_out_is_tried_again(
        self, service: Server, tmp_path: Path, slow: Answer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(download, "TIMEOUT", (1, 0.2))
        service.answers = [slow, Answer(LABEL)]
        download_clcpluslabel(tmp_path / "label.tif", BBOX, 2018)
        assert len(service.queries) >= 2

    def test_the_pause_that_the_service_asks_for_is_kept(
        self, service: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pauses: list[float] = []
        monkeypatch.setattr(download, "sleep", pauses.append)
        service.answers = [
            Answer(status=429, headers={"Retry-After": "7"}),
            Answer(status=503),
            Answer(LABEL),
        ]
        download_clcpluslabel(tmp_path / "label.tif", BBOX, 2018)
        assert pauses == [7, 0.01]

    @pytest.mark.parametrize("headers", [{}, {"Retry-After": "86400"}])
    def test_a_service_that_stays_busy_is_given_up(
        self, service: Server, tmp_path: Path, headers: dict[str, str]
    ) -> None:
        service.answers = [Answer(status=503, headers=headers)]
        assert "status 503" in refusal(tmp_path / "label.tif", BBOX, 2018)
        assert len(service.queries) == (1 if headers else 4)

    def test_other_refusals_are_not_repeated(self, service: Server, tmp_path: Path) -> None:
        service.answers = [Answer(b"gone", status=404)]
        assert "status 404" in refusal(tmp_path / "label.tif", BBOX, 2018)
        assert len(service.queries) == 1

    def test_no_service_at_all_says_how_to_start_one(
        self, service: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(labels, "LABEL_URL", "http://127.0.0.1:1/{year}")
        assert "first cell" in refusal(tmp_path / "label.tif", BBOX, 2018)

    def test_a_long_download_shows_progress(
        self,
        service: Server,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        download_clcpluslabel(tmp_path / "label.tif", BBOX, 2018)
        assert capsys.readouterr() == ("", "")
        monkeypatch.setattr(download, "SHOW_PROGRESS_AFTER", 0)
        download_clcpluslabel(tmp_path / "label.tif", BBOX, 2018)
        out, err = capsys.readouterr()
        assert "label.tif: 0.1 of 0.1 MB" in out
        assert err == ""


class TestTiffToNumpy:
    def test_254_and_255_become_0_and_the_rest_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "label.tif"
        path.write_bytes(LABEL)
        array = tiff_to_numpy(str(path))
        assert array.shape == (250, 250)
        assert array.dtype == np.uint8
        assert set(np.unique(array)) == {0, 1, 2, 7, 10, 11, 253}
        kept = CLASSES[0] < 254
        assert np.array_equal(array[kept], CLASSES[0][kept])
        assert not array[~kept].any()

    def test_the_file_stays_and_nothing_is_added(self, tmp_path: Path) -> None:
        (tmp_path / "label.tif").write_bytes(LABEL)
        first = tiff_to_numpy(tmp_path / "label.tif")
        assert np.array_equal(first, tiff_to_numpy(tmp_path / "label.tif"))
        assert [path.name for path in tmp_path.iterdir()] == ["label.tif"]
        assert (tmp_path / "label.tif").read_bytes() == LABEL

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (tiff(np.repeat(CLASSES, 3, axis=0)), "3 band"),
            (tiff(CLASSES.astype(np.float64)), "float64"),
            (b'{"error": {"code": 401}}', '{"error"'),
            (LABEL[:3000], "3000 bytes"),
            (b"", "0 bytes"),
            (None, "no file"),
        ],
        ids=["three bands", "fractions", "an error as tif", "cut short", "empty", "missing"],
    )
    def test_what_is_not_a_one_band_raster_is_refused(
        self, tmp_path: Path, content: bytes | None, word: str
    ) -> None:
        path = tmp_path / "label.tif"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CourseError, match=r"label\.tif") as caught:
            tiff_to_numpy(path)
        assert word in str(caught.value)

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CourseError, match="is a folder"):
            tiff_to_numpy(tmp_path)
