import pytest

from ascolto.channels.adapters.email.message import read_message
from ascolto.channels.adapters.email.values import Bounce
from tests.channels.email_reading.letters import letter, multipart, raw

DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.acme.example>"
ORIGINAL = "Content-Type: message/rfc822\r\n\r\nMessage-ID: <nostra-1@acme.example>\r\n\r\nCiao"


def _report(*fields: str) -> Bounce:
    status = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
    bounce = read_message(
        multipart(
            "multipart/report; report-type=delivery-status",
            "Content-Type: text/plain\r\n\r\nNotifica.",
            status + "\r\n".join(fields) + "\r\n",
            ORIGINAL,
            headers=(DAEMON, "To: noi@acme.example"),
        )
    ).bounce
    assert bounce is not None
    return bounce


def _notice(text: str, subject: str = "Undelivered Mail Returned to Sender") -> Bounce | None:
    return read_message(
        raw(DAEMON, "To: noi@acme.example", f"Subject: {subject}", body=text)
    ).bounce


def test_a_standard_report_names_the_dead_address_and_our_mail() -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: failed", "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
    )  # fmt: skip

    (one,) = bounce.recipients
    assert (one.address, one.status, one.action, one.hard) == (
        "giulia@posta.example", "5.1.1", "failed", True
    )  # fmt: skip
    assert bounce.reason == "user_unknown"
    assert bounce.original_message_id == "nostra-1@acme.example"
    assert bounce.failed


@pytest.mark.parametrize("action", ["delivered", "relayed"])
def test_a_report_of_success_is_evidence_and_no_failure(action: str) -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", f"Action: {action}", "Status: 2.0.0"
    )

    assert bounce.recipients[0].action == action
    assert not bounce.recipients[0].hard
    assert not bounce.failed


def test_a_delay_is_not_a_dead_address() -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: delayed", "Status: 4.1.1"
    )

    assert [(one.action, one.hard) for one in bounce.recipients] == [("delayed", False)]


@pytest.mark.parametrize(
    ("answer", "reason", "hard"),
    [
        ("550 5.1.1 User unknown", "user_unknown", True),
        ("550 No such user here (in reply to RCPT TO command)", "user_unknown", True),
        ("550 RCPT TO:<giulia@posta.example> User unknown", "user_unknown", True),
        ("550 5.1.1 Der Empfänger ist unbekannt: Benutzer existiert nicht", "user_unknown", True),
        ("550 5.1.1 el usuario giulia no existe", "user_unknown", True),
        ("550 5.4.4 Name or service not known", "host_unknown", True),
        ("550 5.1.2 Host unknown", "host_unknown", True),
        ("556 5.1.10 Recipient address has null MX", "not_accepting", True),
        ("551 5.1.6 User has moved", "moved", True),
        ("552 5.2.2 Mailbox full", "mailbox_full", False),
        ("552 la casella del destinatario è piena", "mailbox_full", False),
        ("550 5.7.1 Message rejected as spam by content filter", "spam", False),
        ("550 5.7.26 Unauthenticated email is not accepted: DMARC", "authentication", False),
        ("554 5.7.1 Service refused: listed in a DNSBL, Spamhaus", "blocked", False),
        ("550 5.7.25 no PTR record", "no_reverse_dns", False),
        ("552 5.3.4 Message too big", "too_big", False),
        ("525 5.7.13 User account disabled", "suspended", False),
        ("550 5.7.1 Relaying denied", "relaying", False),
        ("550 5.7.1 Client host blocked for spamming", "blocked", False),
        ("550 SC-001 mail rejected for policy reasons", "blocked", False),
        ("550 Virus detected; content rejected", "virus", False),
        ("554 5.7.1 You have reached your daily relay quota", "rate_limited", False),
        ("452 4.3.1 Insufficient disk space", "system", False),
        ("552 5.6.0 Headers too large", "policy", False),
        ("550 5.6.9 improper use of 8-bit data", "policy", False),
        ("550 5.7.6 Failed", "policy", False),
        ("451 Could not load", "system", False),
        ("550 5.2.0 Message Filtered", "filtered", False),
        ("550 The recipient does not accept mails from you", "filtered", False),
        ("554 5.7.1 <giulia@posta.example>: Relay access denied", "relaying", False),
        ("451 4.3.0 Temporary system problem. Try again later", "system", False),
        ("550 5.1.1 Account no longer exists", "user_unknown", True),
        ("554 5.4.14 Hop count exceeded", "network", False),
    ],
)
def test_only_an_address_that_is_gone_is_dead(answer: str, reason: str, hard: bool) -> None:  # noqa: FBT001 - a column of the table
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: failed",
        f"Diagnostic-Code: smtp; {answer}",
    )  # fmt: skip

    assert (bounce.reason, bounce.recipients[0].hard) == (reason, hard)


def test_a_refusal_after_the_data_is_a_filter_and_not_a_dead_address() -> None:
    bounce = _notice(
        "The following address failed:\n<giulia@posta.example>: host mx said:\n"
        "    550 Unknown user (in reply to end of DATA command)\n"
    )

    assert bounce is not None
    assert (bounce.reason, bounce.recipients[0].hard) == ("filtered", False)


def test_unknown_user_without_a_sign_of_who_knew_strikes_nobody_off() -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: failed", "Status: 5.0.0",
        "Diagnostic-Code: smtp; 550 Unknown user giulia@posta.example",
    )  # fmt: skip

    assert (bounce.reason, bounce.recipients[0].hard) == ("filtered", False)


def test_an_office_that_looks_in_its_own_directory_knows() -> None:
    bounce = _notice(
        "Your message was not delivered to:\n\ngiulia@posta.example\n\nbecause:\n\n"
        "User giulia (giulia@posta.example) not listed in Domino Directory\n"
    )

    assert bounce is not None
    assert (bounce.reason, bounce.recipients[0].hard) == ("user_unknown", True)


def test_the_code_for_moved_counts_more_than_the_words() -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: failed", "Status: 5.1.6",
        "Diagnostic-Code: smtp; 551 not our user",
    )  # fmt: skip

    assert (bounce.reason, bounce.recipients[0].hard) == ("moved", True)


def test_what_the_reporting_server_made_of_it_settles_a_doubt() -> None:
    bounce = _report(
        "Final-Recipient: rfc822; giulia@posta.example", "Action: failed", "Status: 5.2.1",
        "Diagnostic-Code: smtp; 550 5.2.1 User unknown", "X-PowerMTA-BounceCategory: bad-mailbox",
    )  # fmt: skip

    assert (bounce.reason, bounce.recipients[0].hard) == ("user_unknown", True)


def test_a_refusal_without_a_word_at_the_greeting_is_about_our_server() -> None:
    bounce = _notice(
        "The following address failed:\n\n  giulia@posta.example\n"
        "    host mx.posta.example\n    SMTP error from remote mail server after EHLO acme:\n"
        "    550 Rejected\n"
    )

    assert bounce is not None
    assert (bounce.reason, bounce.recipients[0].hard) == ("blocked", False)


def test_a_sum_of_the_conversation_gives_way_to_what_was_said_in_it() -> None:
    bounce = _notice(
        "   ----- Transcript of session follows -----\n"
        "mail.local: unknown user: giulia\n"
        "554 <giulia@posta.example>... Service unavailable\n\n"
        "Final-Recipient: rfc822; giulia@posta.example\nAction: failed\nStatus: 5.5.0\n"
    )

    assert bounce is not None
    assert (bounce.reason, bounce.recipients[0].hard) == ("user_unknown", True)


def test_an_address_that_leads_to_a_secret_one_is_the_recipient() -> None:
    bounce = _notice(
        "The following address(es) failed:\n\n  an undisclosed address\n"
        "    (generated from giulia@posta.example)\n"
    )

    assert bounce is not None
    assert [one.address for one in bounce.recipients] == ["giulia@posta.example"]


def test_no_further_attempts_is_no_delay() -> None:
    bounce = _notice(
        "Unable to deliver message to: <giulia@posta.example>\n"
        "Server said: 550 5.1.1 No such user here\n"
        "No further delivery attempts will be made.\n"
    )

    assert bounce is not None
    assert [(one.action, one.hard) for one in bounce.recipients] == [("failed", True)]


def test_a_report_that_lost_its_recipients_takes_them_from_the_mail_that_came_back() -> None:
    inner = (
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <nostra-1@acme.example>\r\n"
        "To: giulia@posta.example\r\nContent-Type: multipart/mixed; boundary=dentro\r\n\r\n"
        "--dentro\r\nContent-Type: text/plain\r\n\r\nCiao\r\n--dentro--\r\n"
    )
    bounce = read_message(
        multipart(
            "multipart/report; report-type=delivery-status",
            "Content-Type: text/plain\r\n\r\nYour message could not be delivered.",
            inner,
            headers=(DAEMON, "To: noi@acme.example", "Subject: Undelivered Mail"),
        )
    ).bounce

    assert bounce is not None
    assert [one.address for one in bounce.recipients] == ["giulia@posta.example"]
    assert bounce.original_message_id == "nostra-1@acme.example"


def test_a_notice_without_a_report_names_each_recipient_with_his_own_reason() -> None:
    bounce = _notice(
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        "<giulia@posta.example>:\n550 5.1.1 User unknown\n\n"
        "<marta@posta.example>:\n552 5.2.2 Over quota\n\n"
        "--- Below this line is a copy of the message.\n\n"
        "Message-ID: <nostra-2@acme.example>\nTo: altri@posta.example\n",
        subject="failure notice",
    )

    assert bounce is not None
    assert [(one.address, one.hard) for one in bounce.recipients] == [
        ("giulia@posta.example", True),
        ("marta@posta.example", False),
    ]
    assert bounce.original_message_id == "nostra-2@acme.example"


def test_an_italian_notice_is_seen() -> None:
    bounce = _notice(
        "Il messaggio non è stato consegnato ai seguenti destinatari:\n\n"
        "giulia@posta.example\n550 utente sconosciuto\n",
        subject="Mancata consegna",
    )

    assert bounce is not None
    assert [one.address for one in bounce.recipients] == ["giulia@posta.example"]


def test_a_customer_who_quotes_a_bounce_is_no_bounce() -> None:
    text = "Mi è tornato indietro:\n550 5.1.1 User unknown\nThe following address failed\n"

    assert read_message(letter(text, Subject="Delivery failed")).bounce is None


def test_a_bounce_passed_on_by_a_list_is_not_about_our_mail() -> None:
    mail = read_message(
        raw(DAEMON, "List-Id: <amici.example>", "Subject: Returned mail", body="User unknown\n")
    )

    assert mail.bounce is None


def test_a_notice_told_as_json_is_read() -> None:
    told = (
        '{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":'
        '"giulia@posta.example","action":"failed","status":"5.1.1",'
        '"diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}\n'
    )

    bounce = read_message(raw("From: avvisi@nuvola.example", body=told)).bounce

    assert bounce is not None
    assert bounce.recipients[0].hard
