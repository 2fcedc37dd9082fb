"""More answers to exercise 01: sixteen other learners, who share no habits."""
# ruff: noqa
# fmt: off
# %% right: class-with-type-hints-and-retries
from dataclasses import dataclass, field
from typing import Any

from oauthlib.oauth2 import BackendApplicationClient
from requests.adapters import HTTPAdapter
from requests_oauthlib import OAuth2Session
from urllib3.util.retry import Retry

TOKEN_URL = "https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token"
CATALOG_URL = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"


@dataclass
class CatalogClient:
    """Small client for the Copernicus catalogue."""

    client_id: str
    client_secret: str
    session: OAuth2Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = OAuth2Session(client=BackendApplicationClient(client_id=self.client_id))
        retry = Retry(total=3, backoff_factor=0.5, status_forcelist=[429, 502, 503])
        self.session.mount("https://", HTTPAdapter(max_retries=retry))
        self.session.fetch_token(
            token_url=TOKEN_URL, client_secret=self.client_secret, include_client_id=True
        )

    def search(self, **body: Any) -> Any:
        answer = self.session.post(CATALOG_URL, json=body, timeout=30)
        answer.raise_for_status()
        return answer


cdse = CatalogClient("course-client", "course-secret")
oauth = cdse.session
response = cdse.search(
    collections=["sentinel-2-l2a"],
    datetime="2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    bbox=[22.0, 41.0, 29.0, 44.5],
    limit=50,
    **{"filter": "eo:cloud_cover < 10", "filter-lang": "cql2-text"},
)
results: dict[str, Any] = response.json()
print(f"Found {len(results['features'])} products")

# %% right: no-blanks-in-the-filter-and-small-pages
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 20,
    "filter": "eo:cloud_cover<10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: generator-of-pages
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)


def pages(session, url, body):
    """Yield one page after the other."""
    body = dict(body)
    while True:
        answer = session.post(url, json=body)
        answer.raise_for_status()
        page = answer.json()
        yield page
        token = page.get("context", {}).get("next")
        if token is None:
            return
        body["next"] = token


catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 100,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
everything = [feature for page in pages(oauth, catalog_url, search_body) for feature in page["features"]]
results = {"type": "FeatureCollection", "features": everything}
print(f"Found {len(results['features'])} products")

# %% right: box-from-geopandas-and-pandas-dates
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

june = pd.Period("2021-06", freq="M")
start = june.start_time.strftime("%Y-%m-%dT%H:%M:%SZ")
end = june.end_time.strftime("%Y-%m-%dT%H:%M:%SZ")
bulgaria = gpd.GeoSeries([box(22, 41, 29, 44.5)], crs=4326)

response = oauth.post(
    "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search",
    json={
        "collections": ["sentinel-2-l2a"],
        "datetime": f"{start}/{end}",
        "bbox": bulgaria.total_bounds.tolist(),
        "limit": 50,
        "filter": "eo:cloud_cover < 10",
        "filter-lang": "cql2-text",
    },
)
results = response.json()
df = pd.DataFrame([f["properties"] for f in results["features"]])
print(df["eo:cloud_cover"].describe())

# %% right: dates-with-offset-and-milliseconds
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00.000Z/2021-06-30T23:59:59.999Z",
    "bbox": [22, 41, 29, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10.0",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: two-conditions-and-default-limit
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "filter": "eo:cloud_cover >= 0 AND eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: cautious-with-asserts
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
assert response.status_code == 200, response.text
assert response.headers["Content-Type"].startswith("application/")
results = response.json()
assert isinstance(results, dict) and "features" in results
for numero, image in enumerate(results["features"], start=1):
    nuages = image["properties"]["eo:cloud_cover"]
    assert nuages < 10, f"trop de nuages : {nuages}"
    if numero <= 5:
        print(numero, image["id"], nuages)

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: exec-free-one-liner
from oauthlib.oauth2 import BackendApplicationClient as B
from requests_oauthlib import OAuth2Session as S
(oauth := S(client=B(client_id="course-client"))).fetch_token("https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token", client_secret="course-secret", include_client_id=True)
results = (response := oauth.post("https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search", json={"collections": ["sentinel-2-l2a"], "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z", "bbox": [22, 41, 29, 44.5], "limit": 50, "filter": "eo:cloud_cover < 10", "filter-lang": "cql2-text"})).json()
print(len(results["features"]))

# %% wrong: north-before-south | The corners are north-west and south-east; the box must be west, south, east, north.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 44.5, 29.0, 41.0],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: box-of-romania | The box covers Romania, the neighbour in the north, instead of Bulgaria.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [20.2, 43.6, 29.7, 48.3],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: whole-year | The dates cover the whole of 2021 instead of June only.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-01-01T00:00:00Z/2021-12-31T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: first-of-june-only | Only the start was given: the search covers one moment and not the whole of June.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: property-without-prefix | The property is called eo:cloud_cover; cloud_cover alone is unknown to the catalogue.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: per-cent-sign-in-the-filter | The filter is a comparison with a bare number; the per cent sign made the catalogue refuse it.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10%",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: max-cloud-coverage-in-the-search | maxCloudCoverage belongs to an order of the Process API; the catalogue needs filter.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "maxCloudCoverage": 10,
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: exception-swallowed | The request failed (the collection is misspelt) and try/except hid it; results is an empty list made by hand.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
try:
    response = oauth.post(catalog_url, json=search_body)
    response.raise_for_status()
    results = response.json()
except Exception as e:
    print("Error:", type(e).__name__)
    results = {"features": []}
print(f"Found {len(results['features'])} products")

# %% wrong: answer-not-parsed | results is the response itself; its JSON was never read with .json().
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response

# Step 4: look at the answer
print(f"Found {len(results.json()['features'])} products")

# %% wrong: arrow-of-r | Python assigns with =; the arrow of R is read as smaller than minus.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id <- "course-client"
client_secret <- "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: token-from-the-catalogue | The token was asked of the catalogue's address instead of the token service.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: two-half-of-june-and-no-filter | Two mistakes: the dates end in the middle of June, and there is no cloud filter.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-15T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: compare-limits-after
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret=client_secret,
    include_client_id=True,
)

# Step 2: describe the search
catalog_url = "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search"
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")
for limit in (20, 50):
    other = dict(search_body, filter=f"eo:cloud_cover < {limit}")
    print(limit, len(oauth.post(catalog_url, json=other).json()["features"]))
