"""Addresses of customers, their records and the palette."""

from django.urls import URLPattern, path

from ascolto.desk.customers import deeds, editing, likenesses, merging, page, palette, writing

_ONE = "clienti/<int:customer_id>/"
_ALIKE = "clienti/somiglianze/<int:likeness_id>/"

urlpatterns: list[URLPattern] = [
    path("clienti/", editing.listing, name="customers"),
    path("clienti/nuovo/", editing.new, name="customer_new"),
    path("clienti/crea/", editing.create, name="customer_create"),
    path(_ONE, page.show, name="customer"),
    path(f"{_ONE}modifica/", editing.edit, name="customer_edit"),
    path(f"{_ONE}salva/", editing.change, name="customer_change"),
    path(f"{_ONE}modifiche/", page.changes, name="customer_changes"),
    path(f"{_ONE}identita/", deeds.add_identity, name="identity_add"),
    path(
        f"{_ONE}identita/<int:identity_id>/verifica/", deeds.verify_identity, name="identity_verify"
    ),
    path(f"{_ONE}identita/<int:identity_id>/togli/", deeds.remove_identity, name="identity_remove"),
    path(f"{_ONE}detto/", deeds.add_statement, name="statement_add"),
    path(
        f"{_ONE}detto/<int:statement_id>/ritira/",
        deeds.withdraw_statement,
        name="statement_withdraw",
    ),
    path(f"{_ONE}note/", deeds.add_note, name="customer_note_add"),
    path(f"{_ONE}note/<int:note_id>/ritira/", deeds.withdraw_note, name="customer_note_withdraw"),
    path(f"{_ONE}scrivi/", writing.compose, name="customer_write"),
    path(f"{_ONE}scrivi/invia/", writing.send, name="customer_send"),
    path(f"{_ONE}unisci/", merging.choose, name="customer_merge"),
    path(f"{_ONE}unioni/", merging.merge, name="customer_join"),
    path(f"{_ONE}unioni/<int:merge_id>/separa/", merging.unmerge, name="customer_unmerge"),
    path("clienti/somiglianze/", likenesses.listing, name="likenesses"),
    path("clienti/somiglianze/cerca/", likenesses.compare, name="likenesses_compare"),
    path(f"{_ALIKE}unisci/", likenesses.confirm, name="likeness_confirm"),
    path(f"{_ALIKE}rifiuta/", likenesses.refuse, name="likeness_refuse"),
    path(f"{_ALIKE}annulla/", likenesses.undo, name="likeness_undo"),
    path("comandi/", palette.find, name="palette"),
]
