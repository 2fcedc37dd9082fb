"""The folder of results: records, the gradebook, ``grades.csv``."""
