from django.urls import path

from ascolto.portal import views

app_name = "portal"
urlpatterns = [
    path("p/<str:token>/", views.page, name="page"),
    path("p/<str:token>/scrivi/", views.write, name="write"),
    path("p/<str:token>/non-sono-io/", views.not_me, name="not_me"),
    path("p/<str:token>/file/<str:way>/<int:pk>/", views.file, name="file"),
]
