"""Slips in addresses, methods, tokens, names, scripts and calls."""

from typing import Any

from autograder.checks.explaining.requests import (
    download,
    image,
    way,
)
from autograder.checks.explaining.served import Served
from autograder.checks.reading.requests_sent import Sent
from tests.checks.explaining.requests.slips import (
    Kind,
    Rng,
    Slip,
    misspelt,
    one,
)
from utils.reference import CATALOG_URL, PROCESS_URL, TOKEN_URL


def sent(address: str = CATALOG_URL, **fields: Any) -> Sent:
    whole = {
        "method": "POST",
        "status": 400,
        "carried": "json",
        "scheme": "Bearer",
        "grant": "",
        "client": "",
    }
    return Sent(address=address, **{**whole, **fields})


def way_of(rng: Rng, _: Served) -> Slip:
    url, other = one(rng, (CATALOG_URL, PROCESS_URL), (PROCESS_URL, CATALOG_URL))
    slips: tuple[tuple[Sent, str, dict[str, str]], ...] = (
        (sent(other), "sent-to-another-service", {"found": way.SERVICES[other]}),
        (sent(TOKEN_URL), "sent-to-another-service", {"found": "token service"}),
        (sent(url, method=one(rng, "GET", "PUT")), "sent-with-another-method", {}),
        (sent(url, carried="form"), "sent-as-a-form", {}),
        (sent(url, carried="text"), "sent-as-text-in-json", {}),
        (sent(url, carried="nothing"), "sent-without-a-body", {}),
        (sent(url, carried="query"), "sent-in-the-address", {}),
        (sent(url[:-8] + misspelt(rng, url[-8:])), "sent-to-a-misspelt-address", {}),
    )
    made, key, values = one(rng, *slips)
    token = sent(TOKEN_URL, carried="form", grant="client_credentials", status=200)
    return Slip(way.astray(url, [token, made]), (key,), values, made)


def token_of(rng: Rng, _: Served) -> Slip:
    form = {"carried": "form", "grant": "client_credentials", "status": 401}
    slips: tuple[tuple[dict[str, Any], str], ...] = (
        ({"client": misspelt(rng, way.CLIENT)}, "client-misspelt"),
        ({"client": way.SECRET}, "id-and-secret-swapped"),
        ({"client": way.CLIENT}, "secret-unknown"),
        ({"client": one(rng, "your-client-id", "sh-123", "me")}, "client-unknown"),
        ({"client": f"{way.CLIENT} "}, "client-with-blanks"),
        ({"client": "", "scheme": ""}, "client-missing"),
        ({"method": "GET"}, "token-with-another-method"),
        ({"carried": "json"}, "token-not-asked-as-a-form"),
        ({"status": 400, "grant": one(rng, "password", "code")}, "token-of-another-grant"),
        ({"status": 400, "grant": ""}, "token-without-grant"),
    )
    fields, key = one(rng, *slips)
    made = sent(TOKEN_URL, **{**form, **fields})
    return Slip(way.refused_token(made), (key,), {}, made)


def collection(rng: Rng, _: Served) -> Slip:
    value, key = one(
        rng,
        (misspelt(rng, "sentinel-2-l2a"), "collection-misspelt"),
        (one(rng, "SENTINEL-2-L2A", "S2L2A", "sentinel2_l2a", "L2A"), "collection-misspelt"),
        (one(rng, "sentinel-2-l1c", "S2L1C", "Level-1C"), "collection-level-1c"),
        (one(rng, "sentinel-2", "Sentinel2"), "collection-without-level"),
        (one(rng, "landsat-8", "sentinel-3-olci", "modis"), "collection-of-another-kind"),
        (["sentinel-2-l2a"] * int(rng.integers(2, 5)), "collection-not-one"),
        (int(rng.integers(9)), "collection-not-a-text"),
    )
    return Slip(image.collection(value), (key, "collection-level-1c"), {}, value)


def media(rng: Rng, _: Served) -> Slip:
    value, key = one(
        rng,
        (one(rng, "image/png", "image/jpeg", "PNG", "jpg"), "format-of-a-picture"),
        (
            one(rng, "image/tif", "image/geotiff", "image/TIFF", "application/tiff"),
            "format-misspelt",
        ),
        (one(rng, "tiff", "GeoTIFF", ".tif"), "format-without-image"),
        (one(rng, "application/json", "text/csv", "image/gif"), "format-of-another-kind"),
        (int(rng.integers(9)), "format-not-a-text"),
    )
    return Slip(image.media_type(value), (key,), {}, value)


def script_bands(rng: Rng, _: Served) -> Slip:
    names = list(image.COLOURS)
    chosen = [one(rng, *names) for _ in range(int(rng.integers(1, 5)))]
    if chosen == image.RED_GREEN_BLUE:
        chosen = chosen[::-1]
    every = chosen[:1] * len(chosen) == chosen
    lacking = len(chosen) < 3 and not every
    key = "bands-all-alike" if every else "bands-too-few" if lacking else "bands-others"
    near_right = ("bands-one-other", "bands-one-twice", "bands-in-another-order")
    keys = (key, *near_right, "bands-of-the-example") if key == "bands-others" else (key,)
    return Slip(image.bands(chosen), keys, {"found": ", ".join(chosen)}, chosen)


def call_of(rng: Rng, _: Served) -> Slip:
    order = list(rng.permutation(3))
    while order == [0, 1, 2]:
        order = list(rng.permutation(3))
    plain = one(rng, ("filename", "bbox", "year"), ("'label.tif'", "list(bounds)", "2018"))
    lacking = int(rng.integers(3))
    rest = [text for place, text in enumerate(plain) if place != lacking]
    slips: tuple[tuple[str, str], ...] = (
        (", ".join(plain[place] for place in order), "download-arguments-in-another-order"),
        (", ".join(rest), f"download-without-{download.PARAMETERS[lacking]}"),
        (f"{plain[0]}, 1, 2, 3, 4, {plain[2]}", "download-too-many-arguments"),
        (f"{plain[0]}, *{plain[1]}, {plain[2]}", "download-box-unpacked"),
        (
            f"{plain[0]}, {one(rng, 'box', 'bounds', 'extent')}={plain[1]}, year=2018",
            "download-argument-unknown",
        ),
        ("", "download-without-arguments"),
    )
    arguments, key = one(rng, *slips)
    given = download.call(f"x = 1\nutils.download_clcpluslabel({arguments})")
    assert given is not None
    return Slip(download.arguments(given), (key,), {}, arguments)


def label_year(rng: Rng, _: Served) -> Slip:
    year = one(rng, *range(2010, 2018), 2019, 2020, 2022, 18)
    value, key = one(rng, (year, "year-without-labels"), (str(year), "year-as-text"))
    return Slip(download.year(value), (key,), {"found": str(year)}, value)


KINDS: dict[str, Kind] = {
    "service, method or form": way_of,
    "token": token_of,
    "collection": collection,
    "format": media,
    "bands of a script": script_bands,
    "call of the download": call_of,
    "year of the labels": label_year,
}
