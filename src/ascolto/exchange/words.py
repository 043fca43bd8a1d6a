"""Why a row or a file was not taken, in words."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "empty": _("Il file è vuoto."),
    "no_header": _("La prima riga non è un’intestazione: servono i nomi delle colonne."),
    "many_columns": _("Il file ha più di 200 colonne."),
    "no_csv": _("Il file non è un CSV: più di 1.000 righe hanno virgolette fuori posto."),
    "json_ends": _("Il JSON si interrompe o non è valido da qui in poi."),
    "no_columns": _("Nessuna colonna che conosciamo: vedi qui i nomi che capiamo."),
    "more_cells": _("Ha più celle dell’intestazione: forse manca una virgoletta."),
    "long_row": _("È troppo lunga: oltre 130.000 caratteri in una cella, o un milione in tutto."),
    "quotes": _("Le virgolette sono fuori posto o non si chiudono."),
    "no_json": _("Non è JSON valido."),
    "no_object": _("Non è un oggetto JSON con dei nomi."),
    "nul": _("Contiene un carattere nullo, che non si può conservare."),
}


def words_for(code: str) -> str:
    return str(PROBLEMS.get(code, code))[:300]
