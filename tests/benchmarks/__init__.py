"""Measurements, run by `make benchmark`. A module measures one room and offers ``main()``."""
