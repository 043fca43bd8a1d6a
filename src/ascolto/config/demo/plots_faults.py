"""Lines that fall, modems that hum."""

from ascolto.config.demo.plot import Plot

FAULTS = (
    Plot(
        ("Internet a singhiozzo", "La linea cade di continuo"),
        (
            (
                "da {giorno} la connessione cade ogni venti minuti, poi torna da sola. Abito in "
                "{via}. "
                "Ho già spento e riacceso il modem."
            ),
            (
                "lavoro da casa e la linea cade almeno tre volte all’ora, sempre la sera. "
                "L’indirizzo è "
                "{via}. Che cosa devo controllare?"
            ),
        ),
        (
            (
                "ho guardato la sua linea: il segnale scende ogni sera dopo le 20, e non è il suo "
                "modem. "
                "Ho cambiato il profilo della linea da qui. Se stasera cade ancora, mando un "
                "tecnico: "
                "le scrivo io domattina."
            ),
            (
                "la colpa è di un disturbo sulla coppia in rame. L’ho spostata su un’altra e ora "
                "le "
                "misure sono buone. Provi per un giorno e mi dica."
            ),
        ),
        asks_again="Ieri sera è caduta una volta sola, verso le 21. È normale?",
        second_answer="Una caduta può restare dopo un cambio di profilo. Ho guardato anche "
        "stanotte: nessun errore. Tengo d’occhio la linea fino a venerdì.",
        note="Profilo portato da 100 a 70. Attenuazione 21 dB, era 27.",
        share=4,
    ),
    Plot(
        ("Senza linea", "Fibra ferma"),
        (
            "da stamattina niente internet e niente telefono in {via}. La luce sul modem è rossa.",
            (
                "siamo senza linea da {giorno}. Il modem ha la spia rossa e il numero fisso non "
                "squilla."
            ),
        ),
        (
            (
                "c’è un guasto sull’armadio della sua via, non in casa sua. La squadra è sul "
                "posto e "
                "conta di finire entro le 16. Le scrivo io quando la linea torna."
            ),
            (
                "il suo modem non vede la fibra. Le mando un tecnico domani fra le 9 e le 11, "
                "senza "
                "spesa. Se l’orario non va bene, mi risponda qui."
            ),
        ),
        handed_to="Tecnici",
        reason="Spia rossa: serve un’uscita, l’ONT non si aggancia",
        note="Guasto padre aperto sull’armadio. 38 clienti coinvolti.",
        share=4,
    ),
    Plot(
        ("Fibra lenta la sera", "Velocità molto sotto al contratto"),
        (
            (
                "la sera scarico a 12 mega, di giorno a 90. Il contratto dice fino a 200. "
                "Ho misurato col cavo, non col wifi."
            ),
            "ho fatto dieci misure con il vostro programma: mai sopra i 30 mega. Abito in {via}.",
        ),
        (
            (
                "le sue misure sono giuste: la porta della centrale è piena nelle ore serali. "
                "L’ampliamento è previsto, e fino ad allora le tolgo 5 euro al mese dalla fattura."
            ),
            (
                "ho trovato il limite: il modem negoziava a 100. L’ho aggiornato da qui e adesso "
                "vedo "
                "186. Rifaccia la misura quando può."
            ),
        ),
        handed_to="Tecnici",
        reason="Verificare l’occupazione della porta, tre casi nella stessa via",
        share=3,
    ),
    Plot(
        ("Il telefono di casa non squilla", "Chi mi chiama trova occupato"),
        (
            "da {giorno} chi mi chiama sul fisso trova sempre occupato, ma io posso chiamare.",
            "il fisso è muto in entrata. Mia madre è anziana e usa solo quello.",
        ),
        (
            (
                "era rimasta attiva una deviazione verso un numero spento. L’ho tolta: ho "
                "provato a "
                "chiamarla e ha squillato. Mi conferma?"
            ),
            (
                "il servizio voce si era sganciato dopo un aggiornamento. L’ho registrato di "
                "nuovo e "
                "le chiamate entrano."
            ),
        ),
        share=2,
    ),
    Plot(
        ("Il wifi non arriva in camera", "Segnale debole al piano di sopra"),
        (
            (
                "il wifi non arriva nella stanza in fondo. Il modem sta in ingresso. Devo comprare "
                "qualcosa?"
            ),
            "al piano di sopra il segnale è a una tacca. C’è un modo senza forare i muri?",
        ),
        (
            (
                "prima di comprare: sposti il modem in corridoio, lontano dal forno e dal telefono "
                "senza fili, e scelga la rete a 2,4. Se non basta le mando un ripetitore in prova."
            ),
            (
                "le spedisco un ripetitore in comodato, senza costi. Si attacca a metà strada e si "
                "configura con un tasto. Arriva in tre giorni."
            ),
        ),
        asks_again="Spostato: ora ho tre tacche. Il ripetitore allora non serve?",
        second_answer="Non serve. Se d’inverno chiude le porte e il segnale scende, mi scriva.",
        share=3,
    ),
    Plot(
        ("Modem da sostituire", "Il modem si scalda e si spegne"),
        (
            "il modem è bollente e ogni tanto si spegne da solo. Ha sei anni.",
            "il modem fa un ronzio e perde il wifi. Posso averne uno nuovo?",
        ),
        (
            (
                "le mando oggi un modem nuovo, già configurato. Il vecchio lo mette nella stessa "
                "scatola: il corriere lo ritira quando consegna."
            ),
            (
                "sì, il suo è di un modello che sostituiamo. Il nuovo arriva {giorno}; non deve "
                "configurare niente."
            ),
        ),
        share=3,
    ),
)
