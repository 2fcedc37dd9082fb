"""What needs no account: patches, land-cover labels, outlines of regions."""
