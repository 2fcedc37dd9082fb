"""One click on the SSP Cloud, a datalab that opens services with JupyterLab or VS Code.

- ``init.sh``: what such a service runs before it starts
- `links`: the addresses that open a service which does so
- ``catalogue.yaml``: what the datalab's catalogue of trainings says of the course
- `__main__`: ``make links`` writes both where they are shown
"""
