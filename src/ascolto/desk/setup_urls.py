from django.urls import path

from ascolto.desk import setup, setup_hours, setup_invitation, setup_mailbox

urlpatterns = [
    path("avvio/", setup.start, name="setup"),
    path("avvio/casella/", setup_mailbox.show, name="setup_mailbox"),
    path("avvio/casella/prova/", setup_mailbox.try_out, name="setup_mailbox_try"),
    path("avvio/casella/tieni/", setup_mailbox.keep, name="setup_mailbox_keep"),
    path("avvio/squadre/", setup.show_teams, name="setup_teams"),
    path("avvio/orari/", setup_hours.show, name="setup_hours"),
    path("avvio/fatto/", setup.done, name="setup_done"),
    path("invito/<str:token>/", setup_invitation.accept, name="invitation"),
]
