"""What needs no account: patches and outlines of regions as files, and land-cover labels."""
