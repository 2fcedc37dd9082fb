"""Answers to exercise 01, right by other roads and wrong as learners are."""
# ruff: noqa
# %% right: as-in-the-hints
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

# %% right: bearer-header-with-requests
import requests

token_url = "https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token"

# 1. Jeton d'accès
reponse_jeton = requests.post(
    token_url,
    data={
        "grant_type": "client_credentials",
        "client_id": "course-client",
        "client_secret": "course-secret",
    },
    timeout=30,
)
reponse_jeton.raise_for_status()
jeton = reponse_jeton.json()["access_token"]

# 2. Recherche dans le catalogue
corps = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}
response = requests.post(
    "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search",
    json=corps,
    headers={"Authorization": f"Bearer {jeton}"},
    timeout=30,
)
response.raise_for_status()
results = response.json()
print(len(results["features"]), "images trouvées")

# %% right: body-dumped-by-hand
import json

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
response = oauth.post(
    catalog_url,
    data=json.dumps(search_body),
    headers={"Content-Type": "application/json"},
)
results = json.loads(response.text)

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: filter-as-cql2-json
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
    "filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]},
    "filter-lang": "cql2-json",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: until-first-of-july-midnight
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
    "datetime": "2021-06-01T00:00:00Z/2021-07-01T00:00:00Z",
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

# %% right: dates-from-datetime-objects
from datetime import datetime, timedelta, timezone

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
start = datetime(2021, 6, 1, tzinfo=timezone.utc)
end = start + timedelta(days=30) - timedelta(seconds=1)
search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": f"{start.isoformat()}/{end.isoformat()}",
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

# %% right: ten-per-cent-included-and-no-seconds
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
    "datetime": "2021-06-01T00:00Z/2021-06-30T23:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover <= 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: all-pages-kept-apart
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

# all the other pages too
all_features = list(results["features"])
following = results["context"].get("next")
while following is not None:
    page = oauth.post(catalog_url, json={**search_body, "next": following}).json()
    all_features.extend(page["features"])
    following = page["context"].get("next")

# Step 4: look at the answer
print(f"Found {len(results['features'])} products on the first page, {len(all_features)} in all")

# %% right: all-pages-joined-in-results
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

# Step 3: send it, page after page
features = []
while True:
    response = oauth.post(catalog_url, json=search_body)
    results = response.json()
    features += results["features"]
    if "next" not in results["context"]:
        break
    search_body["next"] = results["context"]["next"]
results["features"] = features

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: limit-of-one-hundred
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
    "bbox": [22, 41, 29, 44.5],
    "limit": 100,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: box-as-a-polygon
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
    "intersects": {
        "type": "Polygon",
        "coordinates": [[[22, 41], [29, 41], [29, 44.5], [22, 44.5], [22, 41]]],
    },
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: cloud-cover-between
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
# une session pour tout le carnet
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
    "filter": "eo:cloud_cover >= 0 and eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: functions-and-checked-status
import os

from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

os.environ.setdefault("CDSE_ID", "course-client")
os.environ.setdefault("CDSE_SECRET", "course-secret")


def login():
    session = OAuth2Session(client=BackendApplicationClient(client_id=os.environ["CDSE_ID"]))
    session.fetch_token("https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token", client_secret=os.environ["CDSE_SECRET"], include_client_id=True)
    return session


def search(session, west, south, east, north, start, end, cloud):
    answer = session.post(
        "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search",
        json=dict(
            [
                ("collections", ["sentinel-2-l2a"]),
                ("datetime", start + "T00:00:00Z/" + end + "T23:59:59Z"),
                ("bbox", [west, south, east, north]),
                ("limit", 50),
                ("filter", f"eo:cloud_cover < {cloud}"),
                ("filter-lang", "cql2-text"),
            ]
        ),
    )
    assert answer.status_code == 200, answer.text
    return answer


oauth = login()
response = search(oauth, 22, 41, 29, 44.5, "2021-06-01", "2021-06-30", 10)
results = response.json()
print(f"Found {len(results['features'])} products")

# %% right: secret-in-the-basic-header
from requests.auth import HTTPBasicAuth
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "course-client"
client_secret = "course-secret"

client = BackendApplicationClient(client_id=client_id)
oauth = OAuth2Session(client=client)
token = oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    auth=HTTPBasicAuth(client_id, client_secret),
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

# %% right: a-table-of-the-results
import pandas as pd
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

table = pd.DataFrame([feature["properties"] for feature in results["features"]])
table["datetime"] = pd.to_datetime(table["datetime"])
print(table[["datetime", "platform", "eo:cloud_cover"]].sort_values("eo:cloud_cover").head())

# %% right: only-some-fields
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
    "fields": {"include": ["properties.datetime", "properties.eo:cloud_cover"], "exclude": ["assets"]},
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% right: urllib-of-the-standard-library
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

form = urlencode(
    {
        "grant_type": "client_credentials",
        "client_id": "course-client",
        "client_secret": "course-secret",
    }
).encode()
with urlopen("https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token", data=form) as answer:
    token = json.load(answer)["access_token"]

search_body = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
    "bbox": [22.0, 41.0, 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
}
request = Request(
    "https://sh.dataspace.copernicus.eu/api/v1/catalog/1.0.0/search",
    data=json.dumps(search_body).encode("utf-8"),
    headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"},
)
response = urlopen(request)
results = json.loads(response.read())
print(f"Found {len(results['features'])} products")

# %% wrong: latitude-first | The box is given as south, west, north, east: longitude comes first.
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
    "bbox": [41.0, 22.0, 44.5, 29.0],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: west-east-south-north | The box is ordered west, east, south, north instead of west, south, east, north.
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
    "bbox": [22.0, 29.0, 41.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: box-of-the-example | The box of the worked example (around Sofia) was copied; it is not Bulgaria.
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
    "bbox": [23.0, 42.0, 24.0, 43.0],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: cloud-limit-of-the-example | The cloud limit of the worked example (20 %) was kept; less than 10 % is asked.
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
    "filter": "eo:cloud_cover < 20",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: more-than-ten-per-cent | The comparison points the wrong way: the cloudy images are kept, not the clear ones.
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
    "filter": "eo:cloud_cover > 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: cloud-cover-as-a-fraction | Cloud cover is counted in per cent, so 10 % is 10 and not 0.1.
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
    "filter": "eo:cloud_cover < 0.1",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: no-filter-at-all | There is no cloud filter; 50 products are found only because the page holds 50.
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
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: collection-without-list | collections must be a list, even with a single collection; the catalogue refused the text.
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
    "collections": "sentinel-2-l2a",
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

# %% wrong: level-1c | The collection is Level-1C (not corrected for the air) instead of Level-2A.
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
    "collections": ["sentinel-2-l1c"],
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

# %% wrong: july-instead-of-june | The dates cover July, not June 2021: months are counted from 1.
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
    "datetime": "2021-07-01T00:00:00Z/2021-07-31T23:59:59Z",
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

# %% wrong: thirtieth-of-june-missing | The interval ends when 30 June begins, so the last day is missing.
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
    "datetime": "2021-06-01T00:00:00Z/2021-06-30T00:00:00Z",
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

# %% wrong: dates-without-time-zone | The dates lack time and time zone (T00:00:00Z), so the catalogue could not read them.
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
    "datetime": "2021-06-01/2021-06-30",
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

# %% wrong: dates-in-a-list | datetime must be one text with a slash between start and end, not a list of two.
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
    "datetime": ["2021-06-01T00:00:00Z", "2021-06-30T23:59:59Z"],
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

# %% wrong: another-year | The dates are of June 2020, not of June 2021.
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
    "datetime": "2020-06-01T00:00:00Z/2020-06-30T23:59:59Z",
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

# %% wrong: client-of-the-seed | The placeholder client id and secret were kept, so the token service refused them.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = "your-client-id"
client_secret = "your-client-secret"

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

# %% wrong: request-without-token | The search was sent without the session's token, so the catalogue answered 401.
import requests
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
response = requests.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results)} products")

# %% wrong: get-instead-of-post | A search is sent with POST and a JSON body, not with GET and parameters.
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
response = oauth.get(catalog_url, params=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: body-sent-as-a-form | The body was sent as a form (data=) and not as JSON (json=).
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
response = oauth.post(catalog_url, data=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: answer-of-the-example | The answer of the worked example was reused; no search of one's own was sent.
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
response = example_answer
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: invented-results | The results were made up; no request was sent to the catalogue.
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
response = None
results = {"type": "FeatureCollection", "features": [{"properties": {"eo:cloud_cover": 5.0}}] * 50}

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: filtered-in-python-on-one-page | Only the first page was filtered in Python, so clear images on later pages are missed; the filter belongs in the search.
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
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

results["features"] = [
    feature for feature in results["features"] if feature["properties"]["eo:cloud_cover"] < 10
]

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: filter-left-blank | The blank for the cloud filter is still empty.
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
    "filter": ___,  # TODO: a filter for less than 10 % cloud
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: quotes-forgotten | The client id and secret are texts and need quotation marks; without them Python reads course minus client.
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

# Step 1: authenticate
client_id = course-client
client_secret = course-secret

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

# %% wrong: not-sent | The address was assigned to response instead of sending the search to it.
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
response = catalog_url, search_body
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: comma-missing-in-the-box | A comma is missing in the box, so Python cannot read the cell.
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
    "bbox": [22.0, 41.0 29.0, 44.5],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: two-latitude-first-and-twenty | Two mistakes: the box has latitude first, and the cloud limit is 20 % instead of 10 %.
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
    "bbox": [41.0, 22.0, 44.5, 29.0],
    "limit": 50,
    "filter": "eo:cloud_cover < 20",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")

# %% wrong: two-sofia-and-july | Two mistakes: the box is that of the worked example, and the dates are of July.
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
    "datetime": "2021-07-01T00:00:00Z/2021-07-31T23:59:59Z",
    "bbox": [23.0, 42.0, 24.0, 43.0],
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
    "filter-lang": "cql2-text",
}

# Step 3: send it
response = oauth.post(catalog_url, json=search_body)
results = response.json()

# Step 4: look at the answer
print(f"Found {len(results['features'])} products")
