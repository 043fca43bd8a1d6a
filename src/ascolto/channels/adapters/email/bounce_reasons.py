"""Why a mail came back, from the status and the words of the failing server.

Hard means that the address is dead: nobody will ever read there. A full box, a refused content
or a blocked sender says nothing about the address, however permanent the server calls it.
"""

import re
from dataclasses import dataclass

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Reason:
    name: str
    hard: bool


UNKNOWN = Reason("unknown", hard=False)
_DEAD = frozenset({"user_unknown", "host_unknown", "moved", "not_accepting"})

# The first that fits counts: the more particular stand above the more general.
_WORDS = (
    ("sender_rejected",
     r"domain of sender|sender address (?:rejected|.{0,80}does not exist)|after mail from|my name was rejected|"
     r"invalid domain name|sender domain|5\.1\.[78]\b|envelope sender|return path|your domain"),
    ("user_unknown", r"recipient address rejected: access denied|リストにありません|宛先不明|該当するユーザ"),
    ("system",
     r"procmail: |could(?:n't| not) create |can't create output|command (?:died|failed)|unix error|mailer error|exit status|"
     r"\bstatus=\d{1,3}\b"),
    ("network", r"malformed or unexpected name server|accept our requests to connect|socket error"),
    ("mailbox_full",
     r"(?:mail)?box (?:is |has |was )?(?:full|exceeded)|over ?quota|quota (?:is |has )?exceed|exceeded? "
     r"(?:the |their |his |its |your |storage |mailbox |local |disk |message )*(?:quota|storage|limit in)|quota ?(?:exceeded|full|violat)|"
     r"not enough (?:storage )?space|insufficient (?:disk |storage )?(?:space|quota|storage)|user is over|"
     r"mailbox size|storage (?:limit|quota|allocation)|disk quota|disc quota|too many messages (?:in|on) (?:the |this )?mail|"
     r"casella (?:.{0,40})?piena|boite pleine|bo[iî]te .{0,20}pleine|buz[oó]n lleno|postfach (?:ist )?voll|mailfolder is full|"
     r"recipient'?s mailbox exceeded|mailbox .{0,40} exceeds|maildir (?:delivery failed: )?(?:over)?quota|out ?of ?storage"),
    ("moved",
     r"has moved|address (?:has )?changed|no longer (?:in use|valid|accepts?|available)|user not local; please try|"
     r"(?:mailbox|account|user|address|recipient|email) (?:is |has been )?(?:moved|relocated|superseded)"),
    ("not_accepting",
     r"null ?mx|does not accept (?:e-?)?mail|do not accept mail|host/domain does not accept|(?:no|not an?) smtp service|"
     r"domain .{0,80}(?:accepts? no|does not receive) mail|^5[25]1 |does not like recipient.{0,80}no mail"),
    ("suspended",
     r"(?:account|user|mailbox|recipient|address)(?: that you tried to reach)?(?: has been| is|'s)? ?(?:temporarily |currently |administratively )?"
     r"(?:suspend|disabled|inactive|deactivat|locked|blocked|frozen|not active|over its limit)|"
     r"inactive (?:user|account|mailbox)|disabled (?:user|account|mailbox)|mailbox (?:currently )?(?:disabled|unavailable or access denied)|"
     r"user (?:is )?inactive|is inactive|account .{0,60}(?:suspended|disabled|inactive)|not activated|"
     r"mailbox disabled|boite (?:du destinataire )?archiv[eé]e|vdelivermail: account is locked"),
    ("authentication",
     r"\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated (?:e?mail|message)|authentication (?:checks?|results?) failed|"
     r"not pass authentication|fails? (?:email )?authentication|sender ?id|authentication failure"),
    ("no_reverse_dns",
     r"reverse (?:dns|lookup|hostname|ip)|\bptr\b|\brdns\b|cannot find your (?:reverse )?hostname|"
     r"ip (?:address )?.{0,40}(?:not|no) (?:have a |resolv|reverse)|client host rejected: cannot find"),
    ("spam",
     r"\bspam(?!cop|haus)|unsolicited|junk mail|message (?:content )?(?:looks|appears) (?:like|to be)|\bube\b|\bbulk mail\b|"
     r"content (?:scan|rejected)|considered (?:as )?bulk|blocked by (?:content|filter)"),
    ("virus", r"\bvirus|malware|infected|\btrojan"),
    ("blocked",
     r"spamhaus|spamcop|\bdnsbl\b|\brbl\b|block(?: ?list|ed using|ed by|list)|black ?list|access denied|"
     r"bad reputation|poor reputation|(?:ip|your) reputation|rejected .{0,40}(?:ip|client host|your (?:ip|host))|"
     r"client host (?:\S{0,80} )?(?:rejected|blocked)|refused to talk to me|connection (?:refused|dropped) (?:by|due to) policy|"
     r"not allowed to (?:connect|send)|service refus|ip (?:address )?(?:\S{0,60} )?(?:is |has been )?(?:blocked|listed|banned|block)|"
     r"your (?:ip|host|network|server|isp|mail server)\b.{0,60}(?:blocked|listed|denied|rejected|not accepted)"),
    ("rate_limited",
     r"too many (?:connections?|concurrent|recipients|messages|sessions|errors|e?mails|hops?\b.{0,5}rate)|rate ?limit|throttl|too fast|"
     r"slow(?:ing)? down|try again later|temporarily deferred|receiving mail at a rate|sending (?:limit|rate)|daily .{0,20}limit"),
    ("too_big",
     r"message (?:size|length|is too|too) ?(?:is )?(?:large|big|long|exceed)|size (?:limit|exceed|of message)|too (?:large|big)\b|"
     r"exceeds (?:the )?(?:maximum|fixed|max)|message length exceeds|max(?:imum)? message size"),
    ("relaying", r"relay(?:ing)? (?:not|is|access|denied|operation|from|prohib)|(?:unable|not permitted|not allowed|no|refuse|cannot|denied|"
     r"deny) (?:to )?relay|insecure mail relay|open relay|not a (?:local|valid) (?:gateway|host|domain)|rcpthosts"),
    ("policy",
     r"polic(?:y|ies)\b|administrative(?:ly)? (?:prohibit|denied|reject)|prohibited|rfc ?(?:2822|5322|822)\b.{0,60}(?:compl|viol|not)|not rfc|"
     r"bare (?:lf|cr|linefeed)|not complian|blocked attachment|restricted|you do(?:n't| not) have (?:permission|authority)|"
     r"not (?:authori[sz]ed|permitted|allowed) to|delivery not authorized|spoof|from address rejected|sender (?:address )?(?:rejected|denied|not)"),
    ("moderation", r"group .{0,80}(?:may not exist|permission to post)|not (?:have|allowed).{0,40}post"),
    ("host_unknown",
     r"host (?:or domain )?(?:name )?(?:unknown|not found|lookup fail)|unknown (?:host|domain)|domain (?:name )?(?:not found|does(?:n't| not) exist|unknown|not exist|is not exist|lookup fail)|"
     r"nxdomain|no such (?:domain|host)|couldn't find any host|name (?:server|service): .{0,60}(?:not found|non-?existent)|"
     r"unrouteable (?:mail )?domain|host \S{1,200} (?:could )?not (?:be )?found|dns (?:error|lookup failure)|address lookup .{0,40}fail|"
     r"recipient address rejected: domain not found|bad destination (?:system|host)|no (?:mx|a) (?:or a |or mx )?(?:record|host)|"
     r"unresolvable|could(?: not|n't) be resolved|cannot resolve|can't find .{0,60}(?:host|domain)|illegal host|domain .{0,80}has no |domain is not reachable"),
    ("user_unknown",
     r"(?:user|recipient|mailbox|address|account|addressee|e-?mail|id|destination|name|user ?id|alias)(?:\(s\))?"
     r"[\s'\"]{0,3}(?:<[^>]{0,100}>|\S{1,80}@\S{1,80}|\S{1,40}:)? ?[-:]? ?(?:is |was |has been |are |has |does |do |you specified |you tried |entered |name )?"
     r"(?:an )?(?:unknown|invalid|not (?:found|exist|known|exists|recogni[sz]ed|listed|valid|a valid|here|available|local)|unavailable|non-?existent|"
     r"doesn'?t (?:exist|have)|does not exist|could not be found|couldn'?t be found|wasn['’]t found|incorrect|undeliverable|removed|deleted|terminated|expired)|"
     r"(?:unknown|invalid|no such|nonexistent|non-existent|bad|illegal|undefined|unknown or illegal|not a valid|not a known|no valid|wrong|incorrect|unroutable|unrouteable|undeliverable) "
     r"(?:local )?(?:mail ?)?(?:e-?mail )?(?:user|recipient|mailbox|address|account|local[- ]?part|alias|destination|addressee|person|name|receiver|final delivery)|"
     r"no such (?:user|person|address|mailbox|recipient|account)|no mailbox (?:here|by|found|currently)|(?:don't|do not) have an? .{0,20}account|"
     r"not (?:a )?(?:local|valid|known|our) (?:user|recipient|mailbox|customer|account|address)|(?:recipient|user|address|account|mailbox) .{0,60}(?:not found|does not exist|doesn't exist|unknown)|"
     r"user \(?\S{0,100}\)? (?:unknown|not (?:known|listed|found))|address not (?:found|known)|recipientnotfound|recip(?:ient)? not found|not listed in|"
     r"sorry, no mailbox|is not a (?:valid|known|recogni[sz]ed)|no account by that name|nobody (?:here )?(?:by|with)|not our customer|"
     r"user not exist|not exist|unknown (?:or )?(?:disabled )?account|who are you looking for|"
     r"adresse d(?:u|'|e)? ?destinataire .{0,30}(?:inconnu|invalide)|adresse .{0,30}(?:inexistant|inconnue|invalide)|indirizzo (?:.{0,30})?(?:non valido|inesistente|sconosciuto)|"
     r"utente sconosciuto|destinatario (?:sconosciuto|inesistente)|casella (?:.{0,30})?inesistente|unbekannt(?:er)? (?:empf|benutzer)|empf[äa]nger .{0,20}unbekannt|"
     r"usuario (?:desconocido|no existe)|bad destination mailbox|rcpt to .{0,40}(?:unknown|invalid)|unknown ?user|userunknown|badrcptto|the email account that you tried to reach"),
    ("expired",
     r"retry time|expired|timed? ?out|timeout|could not (?:be )?deliver(?:ed)? .{0,60}(?:for|within|after)|for too long|has been delayed|still being retried|"
     r"not (?:yet )?(?:been )?delivered (?:within|after|for)|queue (?:too long|lifetime)|giving up|too old|will (?:continue|keep) (?:to )?(?:be )?(?:try|retr)|"
     r"unable to deliver in|delay(?:ed)? (?:for )?\d|message (?:has been )?(?:is )?delay"),
    ("network",
     r"connection (?:refused|reset|lost|failed|closed|dropped)|network (?:is )?unreachable|no route to host|cannot connect|couldn'?t (?:be )?(?:establish|connect)|"
     r"unable to (?:connect|establish)|mail (?:for .{0,60} )?loops|too many hops|loop(?:s|ing)? (?:back|detect)|host (?:is )?(?:down|unreachable)|lost connection|"
     r"cname lookup failed temporarily|routing loop|hop count|mail loop|remote host .{0,30}(?:down|unavailable)|trouble in .{0,20}network|name server .{0,20}timeout|temporary name"),
    ("system",
     r"system (?:error|full|not|failure|resource|config)|local (?:configuration )?error|internal (?:server )?error|service unavailable|cannot (?:create|open|append|write)|"
     r"can't (?:create|open|write|append)|mailer error|unix error|exit (?:code|status)|command (?:died|failed|rejected)|temporary (?:failure|problem)|configuration error|"
     r"resources? (?:temporarily )?unavailable|not recogni[sz]ed command|interrupted system call|disk full|i/o error"),
)  # fmt: skip
_PATTERNS = tuple(
    (Reason(name, hard=name in _DEAD), re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, pattern in _WORDS
)

_BY_STATUS = {
    "1.0": "user_unknown", "1.1": "user_unknown", "1.2": "host_unknown", "1.3": "user_unknown",
    "1.4": "user_unknown", "1.6": "moved", "1.7": "policy", "1.8": "policy", "1.9": "policy",
    "1.10": "user_unknown", "2.0": "unknown", "2.1": "suspended", "2.2": "mailbox_full",
    "2.3": "too_big", "2.4": "system", "3.0": "system", "3.1": "system", "3.2": "system",
    "3.4": "too_big", "4.1": "network", "4.2": "network", "4.3": "network", "4.4": "host_unknown",
    "4.5": "system", "4.6": "network", "4.7": "expired", "6.0": "policy", "7.0": "policy",
    "7.1": "policy", "7.9": "authentication", "7.20": "authentication", "7.23": "authentication",
    "7.25": "no_reverse_dns", "7.26": "authentication", "7.13": "suspended", "7.17": "moved",
}  # fmt: skip


_AFTER_ACCEPTING = re.compile(
    r"(?:reply to|after|response to|our)(?: the)? (?:end of |final )?data\b|end of (?:message )?data|smtp data|"
    r"smtp command\s{1,3}data|>>> data\b[^\n]{0,20}\n\s{0,5}<<< 5",
    re.IGNORECASE,
)
# RFC 3463: about the box, so not about an address that isn't there.
_EXISTS = re.compile(r"5\.2\.0")
_SAYS_LITTLE = re.compile(r"5\.0\.\d{1,3}|5\.[23]\.\d{1,3}")
_AT_MAIL_FROM = re.compile(r"after (?:pipelined )?mail from|reply to mail from", re.IGNORECASE)


def reason_of(status: str | None, said: str, *, about: str, temporary: bool) -> Reason:
    """`said`: what the failing server answered; `about`: the notice about this recipient."""
    found = by_words(said) or by_status(status) or by_words(about) or UNKNOWN
    if found.name == "user_unknown" and _was_accepted(status, f"{said}\n{about}"):
        # The server knew the address when it was named, and refused the mail: a filter.
        return Reason("filtered", hard=False)
    if found.hard and _AT_MAIL_FROM.search(about[:LONGEST]):
        return Reason("sender_rejected", hard=False)
    if temporary and found.hard:
        # "4.1.1 unknown, try again": nothing is settled yet.
        return Reason(found.name, hard=False)
    return found


def _was_accepted(status: str | None, said: str) -> bool:
    if status is not None:
        if status == "5.2.1" and "rcpt" not in said.lower():
            return True  # "disabled", unless refused when it was named
        if _EXISTS.fullmatch(status):
            return True
        if not _SAYS_LITTLE.fullmatch(status):
            return False  # 5.1.1 is plain enough
    return _AFTER_ACCEPTING.search(said[:LONGEST]) is not None


def by_words(said: str) -> Reason | None:
    said = said[:LONGEST].strip()
    for reason, pattern in _PATTERNS:
        if pattern.search(said):
            return reason
    return None


def by_status(status: str | None) -> Reason | None:
    if not status:
        return None
    _, _, detail = status.partition(".")
    name = _BY_STATUS.get(detail)
    return Reason(name, hard=name in _DEAD) if name else None
