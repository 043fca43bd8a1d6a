"""What keeps coming in while a visitor looks on, and what people say when they are answered."""

# subject, words; "{name}" is who writes
FRESH = [
    ("Modem acceso, internet no", "Buongiorno, il modem è acceso ma non navigo da stamattina."),
    (
        "Fattura di novembre",
        (
            "Salve, nella fattura di novembre c’è una voce che non riconosco: "
            "«servizi digitali, 4,90». Che cos’è?"
        ),
    ),
    (
        "Posso cambiare la password del wifi?",
        (
            "Buonasera, vorrei cambiare la password del wifi: "
            "l’ho data a troppe persone. Come si fa?"
        ),
    ),
    (
        "Appuntamento di domani",
        (
            "Buongiorno, domani aspetto il tecnico fra le 9 e le 11 ma devo "
            "uscire alle 10:30. Può venire presto?"
        ),
    ),
    ("Trasloco in primavera", "Salve, ad aprile cambio casa. Quanto tempo prima devo avvisarvi?"),
    (
        "Ancora chiamate da chi vende",
        (
            "Buongiorno, continuo a ricevere telefonate di persone che "
            "dicono di essere Alba. Siete voi?"
        ),
    ),
    (
        "Guasto in via Cibrario?",
        ("Buonasera, in via Cibrario siamo senza fibra in tutto il palazzo. È un guasto noto?"),
    ),
    (
        "Restituzione del modem",
        ("Buongiorno, ho disdetto il mese scorso e non è mai passato nessuno a ritirare il modem."),
    ),
    ("Linea disturbata", "Salve, sul telefono fisso sento un fruscio continuo da due giorni."),
    (
        "Richiesta di una copia del contratto",
        ("Buongiorno, mi serve una copia del contratto firmato nel 2023. Grazie."),
    ),
    (
        "Secondo ripetitore",
        ("Buonasera, il ripetitore funziona bene. Posso averne un altro per la mansarda?"),
    ),
    (
        "Ho sbagliato bonifico",
        ("Buongiorno, ho pagato 47,20 invece di 42,70. Come recupero la differenza?"),
    ),
    (
        "La linea dell’allarme",
        (
            "Salve, dopo il cambio di modem l’antifurto non chiama più. Chi lo "
            "deve sistemare, voi o l’installatore?"
        ),
    ),
    ("Orari del negozio", "Buongiorno, il negozio di corso Francia apre anche il sabato?"),
]
FRESH_ENGLISH = [
    (
        "Slow connection this evening",
        ("Hello, my connection is very slow this evening. Is there a problem in Turin?"),
    ),
    ("Change of address", "Hello, I am moving next month. Can I take my line with me?"),
]
REPLIES = [
    "Grazie della risposta veloce. Provo e le faccio sapere.",
    "Perfetto, allora aspetto. Grazie.",
    "Ho provato come dice, ma non è cambiato nulla. Che cosa faccio?",
    "Grazie! Una domanda ancora: devo restare in casa?",
    "Va bene. Il citofono è al mio cognome.",
    "Grazie mille, problema risolto.",
]
REPLIES_ENGLISH = [
    "Thank you for the quick answer. I will try tonight.",
    "Great, that works. Thanks a lot.",
]
