"""The folder of results: records, graded notebooks, the gradebook, ``grades.csv``.

`grade_class` writes it; supervisors use `harmless`, so that nothing active gets in.
"""
