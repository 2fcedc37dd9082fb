"""The services of the Copernicus Data Space: `token`, `catalog` and `process`.

The Process API reads a request (`process_request`) and its evalscript (`javascript`, `evaluator`,
`evalscript`), and makes the image (`render`). How each service refuses stands in `refusals`.
"""
