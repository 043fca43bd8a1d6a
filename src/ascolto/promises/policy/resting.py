"""Why clocks rest, in words that stand in the database and are translated where they are shown.

A colleague may write others; these are offered, because a customer reads them in his language.
"""

HIS_TURN = "aspettiamo una sua risposta"
HIS_PAPERS = "aspettiamo un documento da lei"
PART = "aspettiamo un pezzo di ricambio"
SUPPLIER = "aspettiamo un nostro fornitore"
APPOINTMENT = "aspettiamo il giorno dell’appuntamento"

OFFERED = (HIS_TURN, HIS_PAPERS, PART, SUPPLIER, APPOINTMENT)
