"""The Sentinel Hub services of the Copernicus Data Space: token, Catalog, Process API."""
