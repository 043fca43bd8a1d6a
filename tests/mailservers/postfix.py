"""A private Postfix: takes mail from this machine, gives it to Dovecot, and bounces the rest."""

import shutil
import subprocess
from pathlib import Path

from tests.mailservers.certificates import Certificates
from tests.mailservers.process import Server, listens
from tests.ports import free_port

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
syslog_name = postfix
myhostname = posta.azienda.example
mydestination =
local_transport = error:no local mail here
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
virtual_mailbox_domains = {domains}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
default_transport = error:5.1.2 there is no outside world here
smtp_dns_support_level = disabled
lmtp_host_lookup = native
biff = no
message_size_limit = 67108864
mailbox_size_limit = 0
recipient_delimiter = +
minimal_backoff_time = 1s
maximal_backoff_time = 5s
queue_run_delay = 2s
bounce_queue_lifetime = 1h
delay_warning_time = 0h
in_flow_delay = 0
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_client_restrictions =
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
smtpd_tls_cert_file = {certificates.certificate}
smtpd_tls_key_file = {certificates.key}
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = {sasl}
smtpd_tls_auth_only = yes
"""
MASTER = """
127.0.0.1:{plain} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{implicit} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """`plain_port` asks nobody who he is; the other two ask, and speak TLS."""

    def __init__(
        self,
        folder: Path,
        certificates: Certificates,
        *,
        lmtp_port: int,
        sasl: Path,
        domains: tuple[str, ...],
    ) -> None:
        self.folder = folder
        self.plain_port, self.submission_port, self.implicit_port = (
            free_port(),
            free_port(),
            free_port(),
        )
        for part in ("etc", "queue", "data"):
            (folder / part).mkdir(parents=True)
        shutil.copy("/etc/services", folder / "etc")
        shutil.chown(folder / "data", "postfix", "postfix")
        (folder / "etc" / "main.cf").write_text(
            MAIN.format(
                folder=folder,
                domains=", ".join(domains),
                lmtp=lmtp_port,
                certificates=certificates,
                sasl=sasl,
            )
        )
        (folder / "etc" / "master.cf").write_text(
            MASTER.format(
                plain=self.plain_port,
                submission=self.submission_port,
                implicit=self.implicit_port,
            )
        )
        # The master itself, and not `postfix start-fg`: that puts a script between it and us.
        self._server = Server(
            ["/usr/lib/postfix/sbin/master", "-c", str(folder / "etc"), "-d"],
            folder / "output",
            self._listens,
        )

    def start(self) -> None:
        with (self.folder / "output").open("ab") as log:  # makes the folders of the queue
            subprocess.run(  # noqa: S603 - a command of ours
                ["/usr/sbin/postfix", "-c", str(self.folder / "etc"), "check"],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def kill(self) -> None:
        self._server.kill()

    def _listens(self) -> bool:
        return all(map(listens, (self.plain_port, self.submission_port, self.implicit_port)))
