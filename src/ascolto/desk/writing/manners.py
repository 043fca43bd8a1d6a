"""The sentences for what a channel does not take."""

from django.utils.translation import gettext as _

from ascolto.cases import services

BAD_MANNERS = (
    services.TooLong,
    services.NoFilesThere,
    services.TooLateThere,
    services.InPublicThere,
)


def said_of(
    error: services.TooLong
    | services.NoFilesThere
    | services.TooLateThere
    | services.InPublicThere,
) -> str:
    if isinstance(error, services.InPublicThere):
        said = _(
            "Su %s adesso si parla in pubblico: quello che hai scritto per lui solo lo leggerebbe "
            "chiunque. Il testo è ancora qui."
        )
        return said % str(error.args[0])
    if isinstance(error, services.TooLong):
        channel, length, longest = error.args
        said = _(
            "Su %(channel)s ci stanno %(longest)s caratteri e questi sono %(length)s: accorcia, il "
            "testo è ancora qui."
        )
        return said % {"channel": channel, "length": length, "longest": longest}
    if isinstance(error, services.NoFilesThere):
        said = _("%s non porta allegati: togli i file, o rispondi da un altro suo indirizzo.")
        return said % str(error.args[0])
    channel, hours = error.args
    said = _(
        "Su %(channel)s si può rispondere entro %(hours)s ore dalle sue ultime parole, e sono "
        "passate: rispondi da un altro suo indirizzo."
    )
    return said % {"channel": channel, "hours": hours}
