"""How failing servers say that nobody or nothing was reached. Data only: fragments of patterns.

Tried after the refusals, on a bounded stretch of text, without regard to case.
"""

UNREACHED: tuple[tuple[str, tuple[str, ...]], ...] = (
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
        "illegal host", "(?:host|domain) (?:name )?(?:is )?(?:invalid|not known|not resolv|nicht)",
        "(?:invalid|nonexistent|non-existent|bad) (?:domain|host)(?: ?name)?",
        "no (?:dns|address) (?:entry|data|information|record)s?",
        "all relevant mx records point to non-?existent",
        "mx (?:lookup|record) .{0,40}(?:fail|not|invalid)",
        "dns (?:lookup |query |resolution )fail", "dominio (?:inesistente|sconosciuto|non )",
        "domain (?:.{1,80} )?(?:couldn't|could not) be found", "domäne .{0,60}nicht",
        "domaine .{0,60}(?:inexistant|introuvable|inconnu)", "unknownhost", "hostunknown",
        "unable to resolve", "name or service not known", "domain .{0,80}has no ",
        "domain is not reachable",
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
        ("not (?:a )?(?:local|valid|known|our) (?:user|recipient|mailbox|customer|account|"
         "address)"),
        ("(?:recipient|user|address|account|mailbox) .{0,60}(?:not found|does not exist|"
         "doesn't exist|unknown)"),
        r"user \(?\S{0,100}\)? (?:unknown|not (?:known|listed|found))",
        "address not (?:found|known)", "recipientnotfound", "recip(?:ient)? not found",
        "not listed in", "sorry, no mailbox", "is not a (?:valid|known|recogni[sz]ed)",
        "no account by that name", "nobody (?:here )?(?:by|with)", "not our customer",
        "user not exist", "no longer exist", "n'existe (?:pas|plus)", "cuserid", "not exist",
        "unknown (?:or )?(?:disabled )?account", "who are you looking for",
        "adresse d(?:u|'|e)? ?destinataire .{0,30}(?:inconnu|invalide)",
        "adresse .{0,30}(?:inexistant|inconnue|invalide)",
        "indirizzo (?:.{0,30})?(?:non valido|inesistente|sconosciuto)", "utente sconosciuto",
        "destinatario (?:sconosciuto|inesistente)", "casella (?:.{0,30})?inesistente",
        "unbekannt(?:er)? (?:empf|benutzer)", "empf[äa]nger .{0,20}unbekannt",
        "usuario (?:desconocido|no existe)", "bad destination mailbox",
        "rcpt to .{0,40}(?:unknown|invalid)", "unknown ?user", "userunknown", "badrcptto",
        "the email account that you tried to reach",
        "ne correspond .{0,30}(?:boite|compte|adresse)", "utilisateur (?:inconnu|inexistant)",
        r"no (?:valid )?recipients?\b",
        ("(?:can't|cannot|couldn't|could not|unable to) (?:find|verify|locate) (?:the "
         ")?(?:user|recipient|mailbox|address|account)"),
        "address (?:is )?(?:dead|wrong)",
        "no (?:local )?(?:user|account|mailbox)s? (?:with|by|of|found|for|named|matches)",
        (r"not (?:a )?(?:registered|provisioned|valid) (?:\S{1,20} )?(?:user|mailbox|account|"
         "address)"),
        ("(?:account|user|mailbox) (?:has been |was |is )?(?:cancel|delet|remov|terminat|clos|"
         "gone)"),
        "(?:doesn't|does not|don't) (?:have|has) .{0,40}account",
        "non[- ]?existing (?:user|account)",
        "casella (?:.{0,30})?(?:non (?:esiste|valida|attiva)|sconosciuta)", "addressee unknown",
        (r"(?:utente|destinatario|indirizzo|account) (?:\S{1,80} )?(?:non (?:esiste|trovato|"
         "valido|riconosciuto)|inesistente)"),
        "konto .{0,40}nicht", "adressat unbekannt",
        ("(?:empfänger|benutzer|adresse|postfach) .{0,60}(?:existiert nicht|nicht (?:gefunden|"
         "vorhanden|bekannt))"),
        ("(?:usuario|dirección|cuenta|buzón) .{0,60}(?:no existe|desconocid|inexistente|no "
         "encontrad|no válid)"),
        "(?:usuário|endereço|caixa) .{0,60}(?:não existe|inexistente|desconhecid|não encontrad)",
        "(?:gebruiker|adres) .{0,40}(?:onbekend|bestaat niet)",
        "(?:użytkownik|adres) .{0,40}(?:nie istnieje|nieznany)",
        "(?:пользовател|адрес|ящик).{0,60}не (?:найден|существует)", "存在しません",
        "見つかりません", "用户不存在", "无此用户", "annuaire", "directorio de domino",
        "verzeichnis .{0,30}nicht", "unknown receipient", "illegal alias",
        "invalid final delivery", "all recipients (?:are |were )?(?:invalid|rejected|refused)",
        "(?:fails|failed) (?:recipient )?address verification", "recipient verif",
        "undeliverable address", "unverified address",
        "not in (?:my|our|the) (?:control|user|directory)", "that (?:user|address) (?:is )?not",
        "unknown (?:mail ?box|e-?mail|id)",
    )),
    ("expired", (
        "retry time", "retry timeout", "expired", "max(?:imum)? (?:queue )?(?:lifetime|age|retr)",
        "timed? ?out", "timeout", "could not (?:be )?deliver(?:ed)? .{0,60}(?:for|within|after)",
        "for too long", "has been delayed", "still being retried",
        "not (?:yet )?(?:been )?delivered (?:within|after|for)", "queue (?:too long|lifetime)",
        "giving up", "too old", "will (?:continue|keep) (?:to )?(?:be )?(?:try|retr)",
        "unable to deliver in", r"delay(?:ed)? (?:for )?\d", "message (?:has been )?(?:is )?delay",
    )),
    ("network", (
        "connection (?:refused|reset|lost|failed|closed|dropped)", "network (?:is )?unreachable",
        "no route to host", "cannot connect", "couldn'?t (?:be )?(?:establish|connect)",
        "unable to (?:connect|establish)", "mail (?:for .{0,60} )?loops", "too many hops",
        "loop(?:s|ing)? (?:back|detect)", "host (?:is )?(?:down|unreachable)", "lost connection",
        "cname lookup failed temporarily", "routing loop", "hop count", "mail loop",
        "remote host .{0,30}(?:down|unavailable)", "trouble in .{0,20}network",
        "name server .{0,20}timeout", "temporary name", "not reachable", "unreachable",
        "could not (?:contact|reach)", "not respond(?:ing)?", "servfail", "bad connection",
        "(?:broken|closed) (?:pipe|connection|by remote)", "remote protocol error", "handshake",
        "no answer from host", "unable to (?:contact|reach)", "network (?:error|problem|fail)",
    )),
    ("system", (
        "system (?:error|full|not|failure|resource|config)", "local (?:configuration )?error",
        "internal (?:server )?error", "service unavailable", "cannot (?:create|open|append|write)",
        "can't (?:create|open|write|append)", "mailer error", "unix error", "exit (?:code|status)",
        "command (?:died|failed|rejected)", "temporary (?:failure|problem)", "configuration error",
        "resources? (?:temporarily )?unavailable", "not recogni[sz]ed command",
        "interrupted system call", "disk full", "i/o error",
    )),
)  # fmt: skip
