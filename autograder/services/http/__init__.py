"""HTTP as the proxy speaks it: requests, responses and refusals, files, TLS, connections."""
