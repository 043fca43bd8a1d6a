"""What failing servers say, by what it means. Data only: fragments of patterns, any of which fits.

All of them are tried on a bounded stretch of text, without regard to case.
"""

REASONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The first that fits counts: the more particular stand above the more general.
    ("sender_rejected", (
        "domain of sender", "sender address (?:rejected|.{0,80}does not exist)",
        "after mail from", "my name was rejected", "invalid domain name", "sender domain",
        r"5\.1\.[78]\b", "envelope sender", "return path", "your domain",
    )),
    ("user_unknown", (
        "recipient address rejected: access denied", "リストにありません", "宛先不明",
        "該当するユーザ",
    )),
    ("system", (
        "procmail: ", "could(?:n't| not) create ", "can't create output",
        "command (?:died|failed)", "unix error", "mailer error", "exit status",
        r"\bstatus=\d{1,3}\b",
    )),
    ("network", (
        "malformed or unexpected name server", "accept our requests to connect", "socket error",
    )),
    ("mailbox_full", (
        "(?:mail)?box (?:is |has |was )?(?:full|exceeded)", "over ?quota",
        "quota (?:is |has )?exceed",
        ("exceeded? (?:the |their |his |its |your |storage |mailbox |local |disk |message "
         ")*(?:quota|storage|limit in)"),
        "quota ?(?:exceeded|full|violat)", "not enough (?:storage )?space",
        "insufficient (?:disk |storage )?(?:space|quota|storage)", "user is over",
        "mailbox size", "storage (?:limit|quota|allocation)", "disk quota", "disc quota",
        "too many messages (?:in|on) (?:the |this )?mail", "casella (?:.{0,40})?piena",
        "boite pleine", "bo[iî]te .{0,20}pleine", "buz[oó]n lleno", "postfach (?:ist )?voll",
        "mailfolder is full", "recipient'?s mailbox exceeded", "mailbox .{0,40} exceeds",
        "maildir (?:delivery failed: )?(?:over)?quota", "out ?of ?storage",
    )),
    ("moved", (
        "has moved", "address (?:has )?changed", "no longer (?:in use|valid|accepts?|available)",
        "user not local; please try",
        ("(?:mailbox|account|user|address|recipient|email) (?:is |has been )?(?:moved|"
         "relocated|superseded)"),
    )),
    ("not_accepting", (
        "null ?mx", "does not accept (?:e-?)?mail", "do not accept mail",
        "host/domain does not accept", "(?:no|not an?) smtp service",
        "domain .{0,80}(?:accepts? no|does not receive) mail", "^5[25]1 ",
        "does not like recipient.{0,80}no mail",
    )),
    ("suspended", (
        ("(?:account|user|mailbox|recipient|address)(?: that you tried to reach)?(?: has been|"
         " is|'s)? ?(?:temporarily |currently |administratively )?(?:suspend|disabled|"
         "inactive|deactivat|locked|blocked|frozen|not active|over its limit)"),
        "inactive (?:user|account|mailbox)", "disabled (?:user|account|mailbox)",
        "mailbox (?:currently )?(?:disabled|unavailable or access denied)",
        "user (?:is )?inactive", "is inactive", "account .{0,60}(?:suspended|disabled|inactive)",
        "not activated", "mailbox disabled", "boite (?:du destinataire )?archiv[eé]e",
        "vdelivermail: account is locked",
    )),
    ("authentication", (
        r"\bspf\b", r"\bdkim\b", r"\bdmarc\b", "unauthenticated (?:e?mail|message)",
        "authentication (?:checks?|results?) failed", "not pass authentication",
        "fails? (?:email )?authentication", "sender ?id", "authentication failure",
    )),
    ("no_reverse_dns", (
        "reverse (?:dns|lookup|hostname|ip)", r"\bptr\b", r"\brdns\b",
        "cannot find your (?:reverse )?hostname",
        "ip (?:address )?.{0,40}(?:not|no) (?:have a |resolv|reverse)",
        "client host rejected: cannot find",
    )),
    ("spam", (
        r"\bspam(?!cop|haus)", "unsolicited", "junk mail",
        "message (?:content )?(?:looks|appears) (?:like|to be)", r"\bube\b", r"\bbulk mail\b",
        "content (?:scan|rejected)", "considered (?:as )?bulk", "blocked by (?:content|filter)",
    )),
    ("virus", (
        r"\bvirus", "malware", "infected", r"\btrojan",
    )),
    ("blocked", (
        "spamhaus", "spamcop", r"\bdnsbl\b", r"\brbl\b", "block(?: ?list|ed using|ed by|list)",
        "black ?list", "access denied", "bad reputation", "poor reputation",
        "(?:ip|your) reputation", "rejected .{0,40}(?:ip|client host|your (?:ip|host))",
        r"client host (?:\S{0,80} )?(?:rejected|blocked)", "refused to talk to me",
        "connection (?:refused|dropped) (?:by|due to) policy", "not allowed to (?:connect|send)",
        "service refus",
        r"ip (?:address )?(?:\S{0,60} )?(?:is |has been )?(?:blocked|listed|banned|block)",
        (r"your (?:ip|host|network|server|isp|mail server)\b.{0,60}(?:blocked|listed|denied|"
         "rejected|not accepted)"),
    )),
    ("rate_limited", (
        ("too many (?:connections?|concurrent|recipients|messages|sessions|errors|e?mails|"
         r"hops?\b.{0,5}rate)"),
        "rate ?limit", "throttl", "too fast", "slow(?:ing)? down", "try again later",
        "temporarily deferred", "receiving mail at a rate", "sending (?:limit|rate)",
        "daily .{0,20}limit",
    )),
    ("too_big", (
        "message (?:size|length|is too|too) ?(?:is )?(?:large|big|long|exceed)",
        "size (?:limit|exceed|of message)", r"too (?:large|big)\b",
        "exceeds (?:the )?(?:maximum|fixed|max)", "message length exceeds",
        "max(?:imum)? message size",
    )),
    ("relaying", (
        "relay(?:ing)? (?:not|is|access|denied|operation|from|prohib)",
        "(?:unable|not permitted|not allowed|no|refuse|cannot|denied|deny) (?:to )?relay",
        "insecure mail relay", "open relay", "not a (?:local|valid) (?:gateway|host|domain)",
        "rcpthosts",
    )),
    ("policy", (
        r"polic(?:y|ies)\b", "administrative(?:ly)? (?:prohibit|denied|reject)", "prohibited",
        r"rfc ?(?:2822|5322|822)\b.{0,60}(?:compl|viol|not)", "not rfc",
        "bare (?:lf|cr|linefeed)", "not complian", "blocked attachment", "restricted",
        "you do(?:n't| not) have (?:permission|authority)",
        "not (?:authori[sz]ed|permitted|allowed) to", "delivery not authorized", "spoof",
        "from address rejected", "sender (?:address )?(?:rejected|denied|not)",
    )),
    ("moderation", (
        "group .{0,80}(?:may not exist|permission to post)", "not (?:have|allowed).{0,40}post",
    )),
    ("host_unknown", (
        "host (?:or domain )?(?:name )?(?:unknown|not found|lookup fail)",
        "unknown (?:host|domain)",
        ("domain (?:name )?(?:not found|does(?:n't| not) exist|unknown|not exist|is not exist|"
         "lookup fail)"),
        "nxdomain", "no such (?:domain|host)", "couldn't find any host",
        "name (?:server|service): .{0,60}(?:not found|non-?existent)",
        "unrouteable (?:mail )?domain", r"host \S{1,200} (?:could )?not (?:be )?found",
        "dns (?:error|lookup failure)", "address lookup .{0,40}fail",
        "recipient address rejected: domain not found", "bad destination (?:system|host)",
        "no (?:mx|a) (?:or a |or mx )?(?:record|host)", "unresolvable",
        "could(?: not|n't) be resolved", "cannot resolve", "can't find .{0,60}(?:host|domain)",
        "illegal host", "domain .{0,80}has no ", "domain is not reachable",
    )),
    ("user_unknown", (
        ("(?:user|recipient|mailbox|address|account|addressee|e-?mail|id|destination|name|"
         r"user ?id|alias)(?:\(s\))?[\s'\"]{0,3}(?:<[^>]{0,100}>|\S{1,80}@\S{1,80}|\S{1,40}:)? "
         "?[-:]? ?(?:is |was |has been |are |has |does |do |you specified |you tried |entered "
         "|name )?(?:an )?(?:unknown|invalid|not (?:found|exist|known|exists|recogni[sz]ed|"
         "listed|valid|a valid|here|available|local)|unavailable|non-?existent|doesn'?t "
         "(?:exist|have)|does not exist|could not be found|couldn'?t be found|wasn['’]t found|"
         "incorrect|undeliverable|removed|deleted|terminated|expired)"),
        ("(?:unknown|invalid|no such|nonexistent|non-existent|bad|illegal|undefined|unknown "
         "or illegal|not a valid|not a known|no valid|wrong|incorrect|unroutable|unrouteable|"
         "undeliverable) (?:local )?(?:mail ?)?(?:e-?mail )?(?:user|recipient|mailbox|address|"
         "account|local[- ]?part|alias|destination|addressee|person|name|receiver|final "
         "delivery)"),
        "no such (?:user|person|address|mailbox|recipient|account)",
        "no mailbox (?:here|by|found|currently)", "(?:don't|do not) have an? .{0,20}account",
        "not (?:a )?(?:local|valid|known|our) (?:user|recipient|mailbox|customer|account|address)",
        ("(?:recipient|user|address|account|mailbox) .{0,60}(?:not found|does not exist|"
         "doesn't exist|unknown)"),
        r"user \(?\S{0,100}\)? (?:unknown|not (?:known|listed|found))",
        "address not (?:found|known)", "recipientnotfound", "recip(?:ient)? not found",
        "not listed in", "sorry, no mailbox", "is not a (?:valid|known|recogni[sz]ed)",
        "no account by that name", "nobody (?:here )?(?:by|with)", "not our customer",
        "user not exist", "not exist", "unknown (?:or )?(?:disabled )?account",
        "who are you looking for",
        "adresse d(?:u|'|e)? ?destinataire .{0,30}(?:inconnu|invalide)",
        "adresse .{0,30}(?:inexistant|inconnue|invalide)",
        "indirizzo (?:.{0,30})?(?:non valido|inesistente|sconosciuto)", "utente sconosciuto",
        "destinatario (?:sconosciuto|inesistente)", "casella (?:.{0,30})?inesistente",
        "unbekannt(?:er)? (?:empf|benutzer)", "empf[äa]nger .{0,20}unbekannt",
        "usuario (?:desconocido|no existe)", "bad destination mailbox",
        "rcpt to .{0,40}(?:unknown|invalid)", "unknown ?user", "userunknown", "badrcptto",
        "the email account that you tried to reach",
    )),
    ("expired", (
        "retry time", "expired", "timed? ?out", "timeout",
        "could not (?:be )?deliver(?:ed)? .{0,60}(?:for|within|after)", "for too long",
        "has been delayed", "still being retried",
        "not (?:yet )?(?:been )?delivered (?:within|after|for)", "queue (?:too long|lifetime)",
        "giving up", "too old", "will (?:continue|keep) (?:to )?(?:be )?(?:try|retr)",
        "unable to deliver in", r"delay(?:ed)? (?:for )?\d",
        "message (?:has been )?(?:is )?delay",
    )),
    ("network", (
        "connection (?:refused|reset|lost|failed|closed|dropped)", "network (?:is )?unreachable",
        "no route to host", "cannot connect", "couldn'?t (?:be )?(?:establish|connect)",
        "unable to (?:connect|establish)", "mail (?:for .{0,60} )?loops", "too many hops",
        "loop(?:s|ing)? (?:back|detect)", "host (?:is )?(?:down|unreachable)", "lost connection",
        "cname lookup failed temporarily", "routing loop", "hop count", "mail loop",
        "remote host .{0,30}(?:down|unavailable)", "trouble in .{0,20}network",
        "name server .{0,20}timeout", "temporary name",
    )),
    ("system", (
        "system (?:error|full|not|failure|resource|config)", "local (?:configuration )?error",
        "internal (?:server )?error", "service unavailable",
        "cannot (?:create|open|append|write)", "can't (?:create|open|write|append)",
        "mailer error", "unix error", "exit (?:code|status)", "command (?:died|failed|rejected)",
        "temporary (?:failure|problem)", "configuration error",
        "resources? (?:temporarily )?unavailable", "not recogni[sz]ed command",
        "interrupted system call", "disk full", "i/o error",
    )),
)  # fmt: skip

SUBJECTS = (
    "undeliver", "un-?deliverable",
    "deliver(?:y|ed)?.{0,20}(?:fail|error|problem|status|delay|report|unsuccessful)",
    "(?:fail|error|problem|unable).{0,30}deliver",
    "return(?:ed|ing).{0,20}(?:mail|message|to sender)", "failure notice",
    "mail (?:system )?(?:error|failure|failed|could)", "mail.{0,30}(?:bounced|rejected)",
    "not (?:be )?delivered", "(?:message|mail).{0,20}(?:delayed|undeliver)", r"delayed \d",
    "nondeliverable", "non-?delivery", "could(?:n't| not) send",
    "mancat[ao] (?:consegna|recapito)", "non (?:recapitat|consegnat|recapitabile)",
    "messaggio non", "unzustellbar", "nicht zugestellt", "zustellung", "non remis",
    "[ée]chec.{0,20}(?:remise|livraison)", "devuelto", "no (?:se )?entregad", "não entregue",
    "retourn[ée]", "niet (?:worden )?(?:afgeleverd|bezorgd)", "не доставлено", "недоставлен",
    "エラー", "failed recipient", "loop alert", "malformed recipient", "user unknown",
    "address (?:not found|rejected)",
)  # fmt: skip

NOTICES = (
    ("(?:could ?n[o']t|cannot|can't|unable to|was ?n[o']t|were not|not|failed to|did not) "
     "(?:be |been |able to (?:be )?)?(?:successfully )?(?:deliver|reach|send|sent|transmi|"
     "complete|process)"),
    (r"deliver(?:y|ed)?(?: of [^\n]{1,60})? (?:to (?:the )?[^\n]{1,80} )?(?:has |have "
     ")?(?:permanently |temporarily )?(?:failed|delayed|fail)"),
    "following (?:e-?mail )?(?:address(?:es)?|recipients?)",
    "delivery (?:error|failure|problem|status|attempt)", "fatal errors",
    "error (?:delivering|occurred|while|message below)", "undeliverable", "user unknown",
    "returned (?:to (?:you|sender)|mail|because)", "encountered an error",
    "rejected (?:your|the) (?:message|mail)", "remote (?:host|server|mta) (?:said|repl|respon)",
    "message (?:was )?(?:not|undeliver|rejected|bounced)",
    r"non (?:è stato|e' stato|ha potuto|può essere) [^\n]{0,40}(?:recapit|consegn)",
    "nicht (?:zugestellt|ausgeliefert)",
    r"n['’]a (?:pas )?pu [^\n]{0,30}(?:remis|livr|distribu)",
    r"no (?:se )?(?:pudo|ha podido|fue) [^\n]{0,30}entreg",
    r"não (?:pôde|foi) [^\n]{0,30}entreg", "transcript of session",
    "permanent (?:error|failure)", "mailbox (?:is )?(?:full|unavailable)",
    "recipient'?s mailbox", "this is the qmail-send", "送信", "配信",
)  # fmt: skip

LIST_FOLLOWS = (
    "following (?:e-?mail )?(?:address(?:es)?|recipients?|destination)", "not delivered to:?",
    "fatal errors", "delivery (?:problems|errors)",
    "(?:seguenti|seguente) (?:indirizz|destinatar)", "folgende[nr]? (?:adress|empf)",
    "destinataires? suivants?", "(?:siguientes|seguintes) destinat",
)  # fmt: skip

STILL_TRYING = (
    "still being retried", "will (?:continue|keep) (?:to )?(?:be )?(?:try|retr)",
    "no action is required", "has not (?:yet )?been delivered", "warning message only",
    "do not need to resend", "you don't need to", "delivery attempts? will",
)  # fmt: skip

COPY_FOLLOWS = (
    "this is a copy of (?:the|your) message", "below this line is a copy",
    "original message (?:follows|headers?)", "message headers? follow",
    "(?:the )?(?:header|body) of the (?:original )?message", r"original message:?[-=_ \t]*$",
    "unsent message", "undelivered message", "returned message", "message contains",
    "copy of (?:the )?(?:original )?message", "(?:your )?message (?:headers|text) follows?",
    "included is a copy", "the following is the original", "returned content", "message follows",
    "headers of (?:the )?(?:original|your)",
)  # fmt: skip
