"""Comments under an advertisement of a power company, sorted by hand by what is asked."""

TITLE = "Luce e gas a prezzo fisso per due anni: passa a Rocca Energia"
CAUSES: dict[str, list[str]] = {
    "conguaglio": [
        "Conguaglio di 900 euro, ma siamo impazziti?",
        "Mi è arrivato un conguaglio da pagare in una volta sola",
        "Ricevuto conguaglio di due anni, posso pagarlo a rate?",
        "Il conguaglio non torna con le mie letture",
        "Chi mi spiega questo conguaglio da 600 euro?",
    ],
    "contatore": [
        "Il contatore nuovo segna il doppio di prima",
        "Avete cambiato il contatore e da allora consumo il doppio",
        "Lettura del contatore sbagliata, mando la foto e nessuno la guarda",
        "Da quando c'è il contatore nuovo i consumi sono impossibili",
        "Contatore guasto segnalato a maggio, mai passato nessuno",
    ],
    "voltura": [
        "Voltura chiesta da un mese e ancora a nome di mio padre",
        "La voltura quanto dura? Sono sei settimane",
        "Per la voltura mi avete chiesto tre volte gli stessi documenti",
        "voltura bloccata, nessuno sa dirmi perché",
        "Documenti della voltura mandati e rimandati, tutto fermo",
    ],
    "blackout": [
        "Siamo senza luce da stanotte a Borgo San Pietro",
        "Manca la corrente in tutto il quartiere, quando torna?",
        "Senza corrente dalle tre, il freezer si scongela",
        "Luce saltata di nuovo, terza volta questa settimana",
        "Quartiere al buio da stanotte e il numero guasti non risponde",
    ],
    "bonus": [
        "Il bonus sociale è sparito dalla bolletta",
        "Ho l'ISEE basso e il bonus in bolletta non si vede",
        "Bonus luce mai accreditato, a chi mando l'ISEE?",
        "Quando ci sarà il bonus? In bolletta niente da marzo",
    ],
}
SINGLES = [
    "Il vostro camion ha bloccato il mio passo carrabile",
    "Mi hanno suonato alla porta a nome vostro, è una truffa?",
    "Il ramo sul cavo davanti alla scuola prima o poi cade",
    "Ho un pannello solare, con chi parlo per lo scambio?",
]
