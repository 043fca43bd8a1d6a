"""How a notice of failure is told from other mail, and its parts from each other. Data only.

Fragments of patterns, any of which fits, without regard to case.
"""

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
    "do not need to resend", "you don't need to", "(?<!no further )delivery attempts? will",
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
