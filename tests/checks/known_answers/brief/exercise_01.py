from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session
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
"collections": ["sentinel-2-l2a"],
"datetime": "2021-06-01T00:00:00Z/2021-06-30T23:59:59Z",
"bbox": [22.0, 41.0, 29.0, 44.5],
"limit": 50,
"filter": "eo:cloud_cover < 10",
"filter-lang": "cql2-text",
}
response = oauth.post(catalog_url, json=search_body)
results = response.json()
print(f"Found {len(results['features'])} products")
