from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ascolto.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as factors
        from django.contrib.auth.signals import user_logged_in

        from ascolto.desk.security import visits, watch

        user_logged_in.connect(visits.arrived)
        factors.authenticator_added.connect(watch.factor_added)
        factors.authenticator_removed.connect(watch.factor_removed)
        factors.authenticator_reset.connect(watch.factor_reset)
        account.password_changed.connect(watch.password_changed)
        account.password_reset.connect(watch.password_changed)
