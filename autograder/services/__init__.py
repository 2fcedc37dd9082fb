"""The offline services: every service of the course on this computer, without network.

A local HTTPS proxy answers the real addresses for every client; see `Services` to start it,
`ServicesClient` to read what it has seen. Importing this package is cheap.
"""

from autograder.services.lifetime.client import ServicesClient
from autograder.services.lifetime.launcher import Services, ensure_services

__all__ = ["Services", "ServicesClient", "ensure_services"]
