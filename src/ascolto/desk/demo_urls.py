from django.urls import path

from ascolto.desk import demo

urlpatterns = [
    path("demo/", demo.show, name="demo"),
    path("demo/posta/", demo.post, name="demo_post"),
    path("demo/svuota/", demo.empty, name="demo_empty"),
]
