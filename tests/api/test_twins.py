"""What is done at the desk is done by a program as well, or there is a reason why not."""

from collections import defaultdict

from django.urls import resolve

from tests.threats.routes import API, operations
from tests.threats.tables import TABLE

CASE, HIM = "cases/{case}", "customers/{customer}"
SAID = "listening/mentions/{mention}"
TWINS = {
    "reply": f"POST {CASE}/answer",
    "note": f"POST {CASE}/note",
    "call": f"POST {CASE}/call",
    "send_forward": f"POST {CASE}/forward",
    "call_back": f"POST {CASE}/messages/{{message}}/undo",
    "draft": f"PUT {CASE}/drafts",
    "attach": f"POST {CASE}/answer",
    "detach": f"POST {CASE}/answer",
    "take": f"POST {CASE}/assign",
    "take_next": "POST cases/free/next",
    "transfer": f"POST {CASE}/transfer",
    "help": f"POST {CASE}/help",
    "resolve": f"POST {CASE}/resolve",
    "reopen": f"POST {CASE}/reopen",
    "undo_resolve": f"POST {CASE}/resolve/undo",
    "snooze": f"POST {CASE}/snooze",
    "wake": f"POST {CASE}/wake",
    "label": f"POST {CASE}/labels",
    "untag": f"POST {CASE}/labels",
    "set_fields": f"POST {CASE}/fields",
    "link_case": f"POST {CASE}/links",
    "unlink_case": f"DELETE {CASE}/links/{{other}}",
    "follow": f"POST {CASE}/follow",
    "merge_case": f"POST {CASE}/merge",
    "split_case": f"POST {CASE}/split",
    "undo_move": "POST moves/{move}/undo",
    "open_matter": f"POST {CASE}/matters/{{matter}}/open",
    "reunite_matter": f"POST {CASE}/matters/{{matter}}/reunite",
    "keep_matter": f"POST {CASE}/matters/{{matter}}/keep",
    "ask_matter": f"DELETE {CASE}/matters/{{matter}}/keep",
    "correct_reading": f"PUT {CASE}/messages/{{message}}/reading",
    "undo_reading": f"DELETE {CASE}/messages/{{message}}/reading",
    "bulk_start": "POST bulk",
    "bulk_undo": "POST bulk/{bulk}/undo",
    "views": "POST views",
    "view": "PATCH views/{view}",
    "call_made": "POST call_requests/{asked}/made",
    "call_dropped": "POST call_requests/{asked}/dropped",
    "mentions_seen": "POST mentions/seen",
    "promise": f"POST {CASE}/promises",
    "keep_promise": f"POST {CASE}/promises/{{promise}}/keep",
    "waive_promise": f"POST {CASE}/promises/{{promise}}/waive",
    "pause_clock": f"POST {CASE}/promises/{{promise}}/pause",
    "resume_clock": f"POST {CASE}/promises/{{promise}}/resume",
    "quarantine_again": "POST quarantine/{arrival}/try_again",
    "quarantine_aside": "POST quarantine/{arrival}/set_aside",
    "customer_create": "POST customers",
    "customer_change": f"PATCH {HIM}",
    "identity_add": f"POST {HIM}/identities",
    "identity_verify": f"POST {HIM}/identities/{{identity}}/verify",
    "identity_remove": f"DELETE {HIM}/identities/{{identity}}",
    "statement_add": f"POST {HIM}/statements",
    "statement_withdraw": f"DELETE {HIM}/statements/{{statement}}",
    "customer_note_add": f"POST {HIM}/notes",
    "customer_note_withdraw": f"DELETE {HIM}/notes/{{note}}",
    "customer_join": f"POST {HIM}/merge",
    "customer_unmerge": f"DELETE {HIM}/merge",
    "likeness_confirm": "POST likenesses/{likeness}/confirm",
    "likeness_refuse": "POST likenesses/{likeness}/refuse",
    "likeness_undo": "POST likenesses/{likeness}/undo",
    "likenesses_compare": "POST likenesses/compare",
    "settings_tag_rename": "PATCH tags/{tag}",
    "settings_tag_merge": "POST tags/{tag}/merge",
    "settings_tag_restore": "POST tags/{tag}/restore",
    "settings_macro_restore": "POST macros/{macro}/restore",
    "settings_tag_retire": "DELETE tags/{tag}",
    "settings_field_add": "POST fields",
    "settings_field_save": "PUT fields/{field}",
    "settings_field_retire": "DELETE fields/{field}",
    "settings_macro_add": "POST macros",
    "settings_macro_save": "PUT macros/{macro}",
    "settings_macro_retire": "DELETE macros/{macro}",
    "article_new": "POST articles",
    "article_write": "POST articles/{article}/versions",
    "article_publish": "POST articles/{article}/publish",
    "article_withdraw": "POST articles/{article}/withdraw",
    "webhooks": "POST webhooks",
    "webhook_kinds": "PATCH webhooks/{webhook}",
    "pause_webhook": "POST webhooks/{webhook}/pause",
    "resume_webhook": "POST webhooks/{webhook}/resume",
    "test_webhook": "POST webhooks/{webhook}/test",
    "close_webhook": "DELETE webhooks/{webhook}",
    "send_again": "POST deliveries/{delivery}/again",
    "import_upload": "POST imports",
    "import_stop": "POST imports/{run}/stop",
    "export": "POST exports",
    "mention_kind": f"POST {SAID}/kind",
    "mention_assign": f"POST {SAID}/assign",
    "mention_case": f"POST {SAID}/case",
    "mention_answer": f"POST {SAID}/answer",
    "mention_thank": f"POST {SAID}/thank",
    "mention_ask": f"POST {SAID}/ask",
    "mention_repost": f"POST {SAID}/repost",
    "answer_undo": "POST listening/answers/{answer}/undo",
    "repost_undo": "POST listening/reposts/{repost}/undo",
    "wave_dismiss": "POST listening/waves/{wave}/dismiss",
    "monitor_new": "POST monitors",
    "monitor": "PUT monitors/{monitor}",
    "monitor_try": "POST monitors/try",
    "monitor_pause": "POST monitors/{monitor}/pause",
    "monitor_retire": "DELETE monitors/{monitor}",
    "alert_take": "POST alerts/{alert}/take",
    "alert_dismiss": "POST alerts/{alert}/dismiss",
    "alert_give_back": "POST alerts/{alert}/give_back",
    "settings_alert_new": "POST alert_rules",
    "settings_alert": "PUT alert_rules/{rule}",
    "settings_alert_pause": "POST alert_rules/{rule}/pause",
    "settings_alert_retire": "DELETE alert_rules/{rule}",
    "settings_duty_team": "PUT duty/{team}",
    "settings_source_try": "POST sources/{channel}/check",
    "customer_send": f"POST {HIM}/cases",
    "confirm_writer": f"POST {CASE}/messages/{{message}}/vouch",
    "doubt_writer": f"POST {CASE}/doubt",
    "welcome_again": f"POST {CASE}/welcome",
}
SCREEN = "it is about what stands on a person's screen at this moment"
SIGN_IN = "it decides who gets in: a token that leaks must not be able to make itself at home"
SECRETS = "it takes the keys to another network: they are typed by a person, and by nobody else"
HOUSE = "it decides how the house runs: a person does it, signed in, and stands in the register"
FIRST_DAY = "it happens once, before there is any token"
WRITTEN = "a person reads it as it will be read before it counts"
ALONE = {
    **dict.fromkeys(("mention_opened", "alert_opened"), SCREEN),
    **dict.fromkeys(("settings_source_new", "settings_source"), SECRETS),
    **dict.fromkeys(("subscribe", "unsubscribe", "push_try", "wishes"), SCREEN),
    **dict.fromkeys(("settings_chats", "settings_chat_try", "settings_chat_retire"), SECRETS),
    **dict.fromkeys(("article_preview", "article_draft", "article_new_draft"), SCREEN),
    **dict.fromkeys(("article_take", "article_decline", "article_restore"), WRITTEN),
    **dict.fromkeys(("settings_drafter", "settings_drafter_try"), HOUSE),
    "draft_suggested": SCREEN,
    "articles_import": "a program writes one article at a time",
    "article_place": "it is part of writing an article",
    "presence": SCREEN,
    "unfold": SCREEN,
    "notice_promise": SCREEN,
    "macro": SCREEN,
    "preferences": SCREEN,
    "demo": "the demo company alone",
    "demo_post": "the demo company alone",
    "demo_empty": "the demo company alone",
    "end_session": SIGN_IN,
    "end_sessions": SIGN_IN,
    "lift_factors": SIGN_IN,
    "settings_security_save": SIGN_IN,
    "recovery": SIGN_IN,
    "tokens": SIGN_IN,
    "revoke_token": SIGN_IN,
    "settings_invite": SIGN_IN,
    "settings_withdraw": SIGN_IN,
    "settings_person_save": SIGN_IN,
    "settings_person_leave": SIGN_IN,
    "settings_mailbox_try": SIGN_IN,
    "settings_mailbox_keep": SIGN_IN,
    "settings_mailbox_again": SIGN_IN,
    "settings_channel_add": HOUSE,
    "settings_channel_save": HOUSE,
    "settings_channel_rotate": HOUSE,
    "settings_channel_close": HOUSE,
    "settings_channel_reopen": HOUSE,
    "settings_company_save": HOUSE,
    "settings_calendar_add": HOUSE,
    "settings_calendar_save": HOUSE,
    "settings_close": HOUSE,
    "settings_open_again": HOUSE,
    "settings_team_add": HOUSE,
    "settings_team_save": HOUSE,
    "settings_competence_add": HOUSE,
    "level": HOUSE,
    "settings_reading_back": HOUSE,
    "settings_competence_topics": HOUSE,
    "settings_competence_remove": HOUSE,
    "settings_skill_save": HOUSE,
    "settings_template_save": HOUSE,
    "settings_template_drop": HOUSE,
    "setup": FIRST_DAY,
    "setup_done": FIRST_DAY,
    "setup_mailbox": FIRST_DAY,
    "setup_mailbox_try": FIRST_DAY,
    "setup_mailbox_keep": FIRST_DAY,
    "setup_teams": FIRST_DAY,
    "setup_hours": FIRST_DAY,
    "invitation": FIRST_DAY,
}


def _deeds() -> set[str]:
    """The names of all addresses of the desk that take a POST."""
    posts = [one.address for probes in TABLE.values() for one in probes if one.method == "POST"]
    ids: defaultdict[str, str] = defaultdict(lambda: "1")
    pages = [resolve(f"/{one.lstrip('/')}".partition("?")[0].format_map(ids)) for one in posts]
    return {page.url_name for page in pages if page.url_name and page.namespace == "desk"}


def test_every_deed_of_the_desk_has_its_twin_or_a_reason_why_none() -> None:
    known = set(TWINS) | set(ALONE)

    assert _deeds() - known == set()
    assert set(TWINS) - _deeds() == set()
    assert not set(TWINS) & set(ALONE)


def test_every_twin_is_an_operation() -> None:
    asked = {f"{one.split()[0]} {API}{one.split()[1]}" for one in TWINS.values()}

    assert asked - operations() == set()
