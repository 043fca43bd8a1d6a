"""A private Dovecot: IMAP for reading, LMTP for what Postfix delivers, SASL for who may send."""

import os
import secrets
import shutil
import time
from pathlib import Path

from tests.mailservers.certificates import Certificates
from tests.mailservers.process import Server, listens
from tests.ports import free_port

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap lmtp
listen = 127.0.0.1
login_trusted_networks =
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_uid = {owner}
mail_gid = {group}
mail_location = maildir:~/Maildir
mail_plugins = quota
mail_fsync = never
ssl = yes
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
default_login_user = dovenull
default_internal_user = dovecot
default_vsz_limit = 256M
service anvil {{
  chroot =
  # Without it, who fails to log in waits longer each time, and so does everybody on his address.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener sasl {{
    mode = 0666
  }}
}}
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
protocol lmtp {{
  mail_plugins = quota
}}
plugin {{
  quota = maildir:User quota
}}
"""
OWNER = "nobody"
OWNER_GROUP = "nogroup"


class Dovecot:
    """`users` holds address -> password; both IMAP and SMTP know a user by his address."""

    def __init__(self, folder: Path, certificates: Certificates) -> None:
        self.folder = folder
        self.imap_port, self.imaps_port, self.lmtp_port = free_port(), free_port(), free_port()
        self.users: dict[str, str] = {}
        self._quotas: dict[str, str] = {}
        self._written_at = 0  # seconds
        (folder / "mail").mkdir(parents=True)
        shutil.chown(folder / "mail", OWNER, OWNER_GROUP)
        self._write_users()
        config = CONFIG.format(
            folder=folder,
            certificates=certificates,
            owner=OWNER,
            group=OWNER_GROUP,
            imap=self.imap_port,
            imaps=self.imaps_port,
            lmtp=self.lmtp_port,
        )
        path = folder / "dovecot.conf"
        path.write_text(config)
        self._server = Server(
            ["/usr/sbin/dovecot", "-F", "-c", str(path)], folder / "log", self._listens
        )

    def add_user(self, address: str, password: str, *, quota: str = "*:storage=1G") -> None:
        """Also changes the password or the quota of one there is."""
        self.users[address] = password
        self._quotas[address] = quota
        self._write_users()

    def home(self, address: str) -> Path:
        return self.folder / "mail" / address

    def forget_uids(self, address: str) -> None:
        """What a restored or moved mailbox looks like: other UIDs, another UIDVALIDITY."""
        maildir = self.home(address) / "Maildir"
        for path in maildir.glob("dovecot*"):
            path.unlink()
        # Of itself Dovecot would take the time, which may still be the same second.
        uids = maildir / "dovecot-uidlist"
        uids.write_text(f"3 V{secrets.randbelow(10**9) + 1} N1\n")
        shutil.chown(uids, OWNER, OWNER_GROUP)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def kill(self) -> None:
        self._server.kill()

    def _listens(self) -> bool:
        return all(map(listens, (self.imap_port, self.imaps_port, self.lmtp_port)))

    def _write_users(self) -> None:
        lines = (
            f"{address}:{{PLAIN}}{password}::::{self.home(address)}::"
            f"userdb_quota_rule={self._quotas[address]}"
            for address, password in self.users.items()
        )
        draft = self.folder / "users.new"
        draft.write_text("".join(f"{line}\n" for line in lines))
        # Dovecot knows a new list by its second and its size, and both may be those of the old one.
        self._written_at = max(self._written_at + 1, int(time.time()))
        os.utime(draft, (self._written_at, self._written_at))
        draft.replace(self.folder / "users")
