from tests.mailservers.fixtures import mail_world

__all__ = ["mail_world"]
