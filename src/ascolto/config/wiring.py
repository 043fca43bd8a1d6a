"""Which adapter serves which channel. Adding a channel is a folder and a line here."""

from ascolto.channels.models import Channel
from ascolto.channels.registry import register


def wire() -> None:
    """Register every adapter. Called once by each process, after Django is set up."""
    from ascolto.channels.adapters.email import outside as email
    from ascolto.channels.adapters.form.carrier import by_mail
    from ascolto.channels.adapters.form.reader import FormReader
    from ascolto.channels.adapters.phone.reader import PhoneReader
    from ascolto.channels.adapters.portal.reader import PortalReader
    from ascolto.channels.adapters.webhook.reader import WebhookReader

    register(Channel.Kind.EMAIL, reader=email.reader, carrier=email.carrier_of)
    register(Channel.Kind.WEBHOOK, reader=WebhookReader, carrier=by_mail)
    register(Channel.Kind.FORM, reader=FormReader, carrier=by_mail)
    register(Channel.Kind.PORTAL, reader=PortalReader, carrier=by_mail)
    register(Channel.Kind.PHONE, reader=PhoneReader)  # nothing leaves by it
