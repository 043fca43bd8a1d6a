"""Why failing servers say that they refuse a mail. Data only: fragments of patterns.

The first that fits counts, tried on a bounded stretch of text, without regard to case.
"""

REFUSED: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The first that fits counts: the more particular stand above the more general.
    ("sender_rejected", (
        "domain of sender", "sender address (?:rejected|.{0,80}does not exist)",
        r"(?:invalid|bad|illegal|unknown|fake|forged|missing) (?:envelope )?sender\b",
        "(?:provide|not) a valid from",
        "sender (?:is )?(?:invalid|unknown|unverified|blocked|not exist)",
        "sender verif(?:y|ication)", "(?:not|non)[- ]?verif(?:y|ied) sender",
        "could(?:n't| not) verify (?:the )?sender", "sender (?:callout|callback)",
        "sender mailbox", "verification failed for <", "after mail from", "my name was rejected",
        "invalid domain name", "sender domain", r"5\.1\.[78]\b", "envelope sender", "return path",
        "your domain",
    )),
    ("user_unknown", (
        "recipient address rejected: access denied", "mailbox name (?:is )?not allowed",
        "unable to validate (?:the )?recipient", "リストにありません", "宛先不明",
        "該当するユーザ",
    )),
    ("system", (
        "procmail: ", "temporary (?:system|local|server) (?:problem|error|failure)", "too busy",
        "could(?:n't| not) create ", "can't create output", "command (?:died|failed)",
        "unix error", "mailer error", "exit status", r"\bstatus=\d{1,3}\b", r"^x-unix; \d",
        r"pipe to \|", "operating system error",
        "ldap (?:server|error|fail|connect|lookup (?:fail|err))",
        "directory server (?:fail|err|unav)", "does not support (?:start)?tls",
        "mail system (?:is )?full",
        "(?:insufficient|not enough|no) system (?:storage|resources|disk)",
        "service refused?, (?:please )?try(?: again)? later",
        r"\b4\.[34]\.[15] .{0,20}(?:disk|storage|space)", "queue file write error",
        "unable to (?:open|lock|write|create|append)", "lock(?:ing)? (?:mailbox|file)",
        "mail system (?:configuration|unavailable)",
    )),
    # The reader himself, or the rules of his box, want no mail of ours.
    ("filtered", (
        "(?:user'?s?|recipient'?s?) (?:mail )?(?:filter|preferences|block list|rules)",
        "recipient (?:has )?blocked you", "blocked by the recipient",
        "rejected by (?:the )?recipient", "refuses? to receive", "only accepting mail from",
        "user (?:has )?reject", "account is protected by", "restricted sms",
        "does not accept (?:e-?)?mails? from", "user setting",
    )),
    ("relaying", (
        "relay(?:ing)? (?:access |operation )?(?:was |is )?(?:denied|rejected)",
    )),
    ("network", (
        "accept our requests to connect", "socket error", "dns query failed",
        "malformed or unexpected name server",
    )),
    ("not_accepting", (
        "find a mail exchanger or ip address",
    )),
    ("host_unknown", (
        "account or domain may not exist",
    )),
    ("rate_limited", (
        (r"(?:daily|hourly|per hour|per day|relay|sending|outbound|outgoing) (?:\S{1,20} "
         ")?(?:quota|limit)"),
        "unusual rate", "too much mail from",
    )),
    ("mailbox_full", (
        "(?:mail)?box[ _](?:is |has |was )?(?:full|exceeded)", "storage (?:is )?full", "overdrawn",
        "zu ?viele mails", "over ?quota", "quota (?:is |has )?exceed",
        ("exceeded? (?:the |their |his |its |your |storage |mailbox |local |disk |message "
         ")*(?:quota|storage|limit in)"),
        "quota ?(?:exceeded|full|violat)", "not enough (?:storage )?space",
        "insufficient (?:disk |storage )?(?:space|quota|storage)", "user is over", "mailbox size",
        "storage (?:limit|quota|allocation)", "disk quota", "disc quota",
        "too many messages (?:in|on) (?:the |this )?mail", "casella (?:.{0,40})?piena",
        "boite pleine", "bo[iî]te .{0,20}pleine", "buz[oó]n lleno", "postfach (?:ist )?voll",
        "mailfolder is full", "recipient'?s mailbox exceeded", "mailbox .{0,40} exceeds",
        "maildir (?:delivery failed: )?(?:over)?quota", "out ?of ?storage",
        r"(?:mail)?box (?:of [^\n]{1,80} )?(?:is )?(?:over|too full|overfull|at its limit)",
        r"\bis full\b", "has reached (?:its|the|his) (?:quota|storage|limit|maximum)",
        ("(?:quota|storage|space|capacity) (?:limit )?(?:was |is |has been )?(?:reached|"
         "exhausted)"),
        "(?:no|not enough|out of|low on|lacks?) (?:disk |mailbox |free )?space", "quotaexceeded",
        "too much mail data", "will not fit in",
        ("over (?:its |his |the |their )?(?:disk |mail |mailbox |storage |allowed |maximum "
         ")*(?:quota|limit|allocation|allotment)"),
        ("(?:mailbox|account|user|inbox|recipient) .{0,40}over (?:its |the )?(?:quota|limit|"
         "size)"),
        "容量(?:オーバー|を超|が不足)", "quota (?:superata|raggiunta|dépassé)", "speicherplatz",
        "cuota", "cota exced", "postvak (?:is )?vol", "ящик.{0,40}переполнен",
        "spazio (?:esaurito|insufficiente)",
    )),
    ("moved", (
        "has moved", "has been replaced by", "address (?:has )?changed",
        "no longer (?:in use|valid|accepts?|available)", "user not local; please try",
        ("(?:mailbox|account|user|address|recipient|email) (?:is |has been )?(?:moved|"
         "relocated|superseded)"),
        "(?:new|changed) (?:e-?mail )?address is", "please (?:update|use) .{0,30}new address",
        "left (?:the |our )?(?:company|organi[sz]ation)", "no longer (?:employed|works|with us)",
    )),
    ("not_accepting", (
        "null ?mx", "does not accept (?:e-?)?mail", "do not accept mail",
        "host/domain does not accept", "(?:no|not an?) smtp service",
        "domain .{0,80}(?:accepts? no|does not receive) mail", "^521 ",
        "does not like recipient.{0,80}no mail", "mail receiving disabled",
        "no longer accepts? mail", "smtp (?:service )?(?:is )?disabled for (?:the |this )?domain",
        "never accepts", "no mx record found for domain", "no route for current request",
    )),
    ("suspended", (
        ("(?:account|user|mailbox|recipient|address)(?: that you tried to reach)?(?: has been|"
         " is|'s)? ?(?:temporar(?:il)?y |currently |administratively |permanently "
         ")?(?:suspend|disabled|inactive|deactivat|locked|blocked|frozen|not active|over its "
         "limit)"),
        "inactive (?:user|account|mailbox)", "disabled (?:user|account|mailbox)",
        "mailbox (?:currently )?(?:disabled|unavailable or access denied)",
        "user (?:is )?inactive", "is inactive", "account .{0,60}(?:suspended|disabled|inactive)",
        "not activated", "mailbox disabled", "boite (?:du destinataire )?archiv[eé]e",
        "vdelivermail: account is locked",
        r"(?:user|account) (?:\S{1,80} )?(?:temporar(?:il)?y )?locked",
        "is (?:temporarily )?(?:suspended|deactivated|dormant)",
        r"(?:over|exceed)\S{0,3} inactivity", "(?:blocked|disabled) due to inactivity",
        "not active", "suspended (?:account|user|mailbox|domain)",
        "account (?:closed|on hold|is on hold)", "(?:sospes|disattivat|disabilitat)[oa]",
        "deaktiviert", "(?:konto|postfach|benutzer) .{0,40}gesperrt",
        "compte (?:.{0,20})?(?:suspendu|désactivé|inactif)",
        "domain (?:is |has been )?(?:suspended|disabled|parked)", "discontinued",
        "invalid/inactive", "inactive/invalid", "unavailable or access denied",
    )),
    ("authentication", (
        r"\bspf\b", r"\bdkim\b", r"\bdmarc\b", "unauthenticated (?:e?mail|message)",
        "authentication (?:checks?|results?) failed", "not pass authentication",
        "fails? (?:email )?authentication", "sender ?id", "authentication failure",
        "sender policy framework", "domainkeys", "(?:message|mail) authenticat",
        "(?:designated|permitted) sender",
        "not (?:allowed|permitted|authori[sz]ed) to send (?:e?mail )?(?:from|for|on behalf)",
        "authentication.{0,40}(?:did not|not) pass", r"\barc\b.{0,20}fail", "authentication level",
    )),
    ("no_reverse_dns", (
        "reverse (?:dns|lookup|hostname|ip)", r"\bptr\b", r"\brdns\b",
        "cannot find your (?:reverse )?hostname",
        "ip (?:address )?.{0,40}(?:not|no) (?:have a |resolv|reverse)",
        "client host rejected: cannot find",
        r"unverif[iy]\w{1,6} (?:sending |client )?(?:ip|host)",
        (r"(?:no|missing|invalid|bad|generic|without|forward[- ]confirmed) (?:\S{1,20} "
         ")?(?:reverse|rdns|ptr|fcrdns)"),
        "fcrdns", "in-addr", "forged hostname", "resolve your hostname",
        "(?:hostname|helo|ehlo) .{0,60}(?:not resolv|does not match|mismatch|no dns)",
    )),
    ("virus", (
        r"\bvirus", "malware", r"\binfected", r"\btrojan", r"\bworm\b", "clamav",
        "malicious (?:content|attachment|file|code)", r"\bviren\b", "ransomware",
    )),
    ("spam", (
        "black ?listed (?:url|link|uri)", "uribl", "surbl", "link.{0,30}black ?list",
    )),
    # What is said of the host that sent, before what is said of the words that it sent.
    ("blocked", (
        r"client host (?:\S{0,80} )?(?:rejected|blocked)", "user complaints",
        "(?:low|bad|poor|negative|sender|ip|domain) reputation", "reputation of the sending",
        "smtp server of your isp", "use your (?:isp|internet service|provider)",
        r"\bdynamic(?:ally)?\b.{0,40}\b(?:ip|address|host|range)", r"\bdial-?up\b", "residential",
        r"\b(?:sc|dy|rp|ou)-00\d\b", "ask your postmaster for help", "adresse ip source bloq",
        (r"\bip (?:address )?(?:\S{1,60} )?(?:is |has been |was )?(?:blocked|listed|banned|"
         "blacklist)"),
        "banned sending ip", "(?:sending|source|connecting|client) ip", "unwanted messages",
        r"mail from \[?\d\S{6,60} (?:is |was )?(?:refused|rejected|blocked|denied)", "emailreg",
        "too much (?:spam|unsolicited)", "known spam (?:source|sender|host)",
        r"messages from \S{1,60} (?:weren't sent|temporarily deferred|blocked|permanently)",
        "(?:ban|block)ed (?:ip|host|network|country)",
        "you(?:r server)? (?:are|is) (?:blocked|banned)", "barracudacentral", r"\bsorbs\b",
        "cloudmark", "abusix", "senderbase", "talosintel", "uceprotect",
    )),
    ("spam", (
        r"\bspam(?!cop|haus)", "unsolicited", "junk mail",
        "message (?:content )?(?:looks|appears) (?:like|to be)", r"\bube\b", r"\bbulk mail\b",
        "content (?:scan|rejected|filter)", r"(?:ofr|lpn)\d{0,3}_506\b", "phish", "spammy",
        r"\bdt:spm", "spamassassin",
        ("(?:message|mail|content) (?:was |has been |is )?(?:classified|identified|detected|"
         "tagged|flagged|marked|scored)"),
        "suspicious (?:content|message|mail)", "high-?probability",
        "reject(?:ed)? (?:by|due to|for|because of) (?:content|its content|filter)", "bayes",
        "not rfc.?spam", "commercial e?mail", "indésirable", "appears to be (?:uce|junk)",
        "considered (?:as )?bulk", "blocked by (?:content|filter)",
    )),
    ("blocked", (
        "spamhaus", "spamcop", r"\bdnsbl\b", r"\brbl\b", "block(?: ?list|ed using|ed by|list)",
        "black ?list", "access denied", "bad reputation", "poor reputation",
        "(?:ip|your) reputation", "rejected .{0,40}(?:ip|client host|your (?:ip|host))",
        r"client host (?:\S{0,80} )?(?:rejected|blocked)", "refused to talk to me",
        "connection (?:refused|dropped) (?:by|due to) policy", "not allowed to (?:connect|send)",
        r"ip (?:address )?(?:\S{0,60} )?(?:is |has been )?(?:blocked|listed|banned|block)",
        (r"your (?:ip|host|network|server|isp|mail server)\b.{0,60}(?:blocked|listed|denied|"
         "rejected|not accepted)"),
    )),
    ("rate_limited", (
        ("too many (?:connections?|concurrent|recipients|messages|sessions|errors|e?mails|"
         r"hops?\b.{0,5}rate)"),
        "rate ?limit", "throttl", "too fast", "slow(?:ing)? down", "try again later",
        "temporarily deferred", "receiving mail at a rate", "gr[ea]y-?list",
        "rate (?:exceeded|control|of (?:your )?(?:mail|messages|connections))", "concurrency",
        "recipients? (?:limit|maximum)", "too often",
        "exceeded .{0,40}(?:recipients|messages|connections|rate)", "please (?:retry|try) later",
        "(?:maximum|max) (?:number of )?(?:connections|recipients|messages|sessions)",
        "unexpected volume", "sending too", "connection (?:rate|limit)", "sending (?:limit|rate)",
        "daily .{0,20}limit",
    )),
    ("policy", (
        "headers? (?:is |are |line )?too (?:large|long|big|many)", "8-bit", "header error",
        "smtp auth",
        (r"(?:bad|malformed|invalid|illegal|missing|duplicate|multiple|broken) (?:\S{1,20} "
         ")?header"),
        "(?:protocol|rfc|smtp|syntax) violation", "improper", "synchroni[sz]ation error",
        "(?:attachment|file) (?:type|extension|name)",
        ("(?:executable|dangerous|banned|forbidden|prohibited|password|encrypted) "
         "(?:attachment|file|content|extension)"),
        "smtputf8", "malformed mime", "line (?:length|too long)", "mime (?:error|type|structure)",
        "(?:start)?tls (?:is )?(?:required|not)", "must issue a starttls",
        "encryption (?:is )?(?:required|needed)", "authentication (?:is )?required",
        "auth(?:entication)? first", "eight.?bit", "conversion (?:to|not|from)",
    )),
    ("too_big", (
        "message (?:size|length|is too|too) ?(?:is )?(?:large|big|long|exceed)",
        "size (?:limit|exceed|of message)", r"too (?:large|big)\b",
        "exceeds (?:the )?(?:maximum|fixed|max)", "message length exceeds",
        "max(?:imum)? (?:allowed )?(?:message|mail|e-?mail) (?:size|length)",
        "message (?:was )?too large",
        r"(?:message|mail|e-?mail|attachments?) .{0,40}(?:exceed\S{0,3}|larger|bigger) ",
        "oversized?", "size (?:violates|restriction|constraint|larger|greater|over)",
        "zu gro(?:ß|ss)", "troppo grande", "trop (?:gros|grand|volumineux)", "demasiado grande",
        "muito grande", "size of (?:this|the|your) (?:message|mail)", "supera .{0,30}dimension",
        "サイズ",
    )),
    ("relaying", (
        "relay(?:ing)? (?:not|is|access|denied|operation|from|prohib)",
        "(?:unable|not permitted|not allowed|no|refuse|cannot|denied|deny) (?:to )?relay",
        "insecure mail relay", "open relay", "not a (?:local|valid) (?:gateway|host|domain)",
        "rcpthosts", "not configured to relay",
        ("relay(?:ing)? (?:mail |e-?mail )?(?:for|through|to|by|is|was|attempt|not|forbidden|"
         "disallowed|rejected|refused|disabled|blocked)"),
        "no relaying",
        ("(?:don't|do not|does not|will not|won't|unable to|not) (?:allow |permit |accept "
         ")?(?:third.?party )?(?:mail )?relay"),
        "we do not relay", "not (?:one of )?(?:our|my) (?:domain|customer domain|mx)",
        "must authenticate", "not a gateway", "recipient domain not (?:local|served|hosted)",
    )),
    ("policy", (
        r"polic(?:y|ies)\b", "not allowed", "not permitted", "unauthori[sz]ed", "forbidden",
        "security (?:reason|check|violation|block)",
        "(?:mail )?(?:loop )?refused by (?:rule|user)",
        "administrative(?:ly)? (?:prohibit|denied|reject)", "prohibited",
        r"rfc ?(?:2822|5322|822)\b.{0,60}(?:compl|viol|not)", "not rfc", "bare (?:lf|cr|linefeed)",
        "not complian", "blocked attachment", "restricted",
        "you do(?:n't| not) have (?:permission|authority)",
        "not (?:authori[sz]ed|permitted|allowed) to", "delivery not authorized", "spoof",
        "from address rejected", "sender (?:address )?(?:rejected|denied|not)",
    )),
    ("moderation", (
        "group .{0,80}(?:may not exist|permission to post)", "not (?:have|allowed).{0,40}post",
        r"groups\.google\.com", "members? (?:only|may post)", "only (?:members|subscribers)",
        "(?:not|n't) (?:a )?(?:member|subscribe)", "await.{0,20}moderat",
        "moderated (?:list|group)",
    )),
)  # fmt: skip
