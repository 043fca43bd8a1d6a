"""The database that comes with Ascolto, for those who have not brought their own."""

from ascolto.kit.postgres.place import Unreachable
from ascolto.kit.postgres.server import EmbeddedPostgres, database_url
from ascolto.kit.postgres.starting import CouldNotStart, Server

__all__ = ["CouldNotStart", "EmbeddedPostgres", "Server", "Unreachable", "database_url"]
