from django.urls import path

from ascolto.desk import quarantine

urlpatterns = [
    path("quarantena/", quarantine.show, name="quarantine"),
    path("quarantena/<int:arrival_id>/grezzo/", quarantine.raw, name="quarantine_raw"),
    path("quarantena/<int:arrival_id>/riprova/", quarantine.try_again, name="quarantine_again"),
    path("quarantena/<int:arrival_id>/da-parte/", quarantine.set_aside, name="quarantine_aside"),
]
