"""What is written under the autumn promotion: some ask about it, and then many ask for help.

Each line: how many minutes ago, who, and the words. Nobody here exists.
"""

Line = tuple[int, str, str]

OFFER: list[Line] = [
    (1260, "Nicola Sanna", "Alba, tenere il numero è compreso nell’offerta?"),
    (871, "Ilaria Pozzi", "Vale anche per chi è già cliente?"),
    (866, "Gigi ’74", "Nell’offerta il modem è compreso?"),
    (858, "Studio Perotti", "Il prezzo è bloccato o vale solo sei mesi?"),
    (851, "Claudio Bo", "Dopo i sei mesi quanto si paga?"),
    (846, "Rita Nasi", "La promozione vale anche per i già clienti?"),
    (839, "Sergio Vay", "Arriva anche a Chivasso la fibra?"),
    (828, "Miriam Levi", "Con questa promozione quanti mesi bisogna restare?"),
    (815, "Bruno Actis", "Il modem è incluso nell’offerta?"),
    (801, "Elda Ronco", "La promo c’è anche in negozio?"),
    (780, "Tonino Massa", "L’offerta vale solo per i nuovi clienti?"),
    (742, "Giada Ferro", "Vale anche per la seconda casa?"),
    (701, "Oscar Dutto", "Quanto costa l’attivazione?"),
    (655, "Nuccia Vola", "Vale anche per le partite IVA?"),
    (322, "Renzo Tealdi", "L’offerta vale fino a quando?"),
    (171, "Carola Pich", "Con il bonus famiglie si può sommare?"),
    (118, "Ivo Manna", "Per i già clienti non c’è niente?"),
    (57, "Lidia Crosio", "Il modem lo mandate a casa?"),
    (41, "Pino Zola", "Quanto va veloce davvero la fibra da 19,90?"),
    (23, "Ester Goria", "Il prezzo dopo sei mesi qual è?"),
]
PRAISE: list[Line] = [
    (
        1140,
        "Ornella Pace",
        "Passati ad Alba da un anno: veloci e gentilissimi, li consiglio a tutti",
    ),
    (834, "Marta Chiesa", "Con voi da sei anni, il tecnico Tommaso è un signore. Grazie!"),
    (768, "Aldo Brero", "Linea riparata in due giorni, bravissimi."),
    (610, "Carla Sesia", "Elena mi ha richiamata all’ora promessa. Complimenti davvero."),
    (203, "Fabrizio Mo", "Mi trovo benissimo, assistenza gentile e veloce. Consigliati!"),
    (49, "Gemma Oddone", "Ottimo servizio, grazie alla squadra dei tecnici."),
]
MOVES: list[Line] = [
    (690, "Dora Spina", "Aspetto il trasloco della linea da due settimane, nessuno risponde"),
    (131, "Franco Rey", "Trasloco della linea fermo da venti giorni, quando lo fate?"),
    (74, "Lucia Bertola", "Il trasloco della mia linea è in ritardo di tre settimane. Aiuto!"),
    (
        58,
        "Paolo Rinaldi",
        (
            "Bella offerta, ma io aspetto il trasloco della linea da tre settimane. Chiamato "
            "quattro volte, quattro risposte diverse. Prima sistemate i clienti che avete."
        ),
    ),
    (52, "Silvia Negri", "Anche io aspetto il trasloco della linea dal primo del mese"),
    (44, "Omar Haddad", "Trasloco linea: chiamato quattro volte e quattro risposte diverse"),
    (36, "Piera Quaglia", "Ho traslocato e la linea è ancora nella casa vecchia, da un mese"),
    (29, "Vanni Sella", "E il trasloco della linea? Sono dieci giorni che aspetto un tecnico"),
    (19, "Tea Ravera", "Trasloco della linea promesso lunedì e ancora niente, rispondete"),
    (8, "Guido Alloa", "Mi avete perso la pratica del trasloco della linea, fate qualcosa"),
]
BILLS: list[Line] = [
    (96, "Nadia Ferrero", "Mi avete fatturato due volte ottobre, chi mi ridà i soldi?"),
    (58, "Anna Colombo", "Fattura di ottobre addebitata due volte sul conto, come faccio?"),
    (47, "Rocco Lima", "Doppia fattura a ottobre anche per me. Mi rimborsate?"),
    (39, "Sonia Prete", "Ottobre pagato due volte: ho due fatture uguali, rispondete"),
    (31, "Bar Centrale Asti", "Due fatture identiche per ottobre, addebitate tutte e due"),
    (21, "Ugo Caretto", "La fattura di ottobre è doppia e nessuno mi richiama"),
    (11, "Mara Piola", "Anche a me doppio addebito della fattura di ottobre!"),
]
CALLS: list[Line] = [
    (66, "Enzo Gay", "Quaranta minuti in attesa al telefono e poi è caduta la linea"),
    (46, "Stefania Odasso", "Al telefono attesa infinita, mezz’ora di musica. Rispondete?"),
    (34, "Livio Barra", "In attesa al telefono da un’ora, il numero verde non risponde"),
    (16, "Noemi Fino", "Attesa al telefono di quaranta minuti e nessun operatore"),
]
ALONE: list[Line] = [
    (54, "utente «tina_to»", "Da lunedì senza internet, nessuno richiama. Aiuto"),
    (26, "Padre Ottavio", "In parrocchia il fisso gracchia e non si capisce niente, aiutateci"),
    (13, "Delia Gramaglia", "Non riesco a entrare nell’area clienti, la password non va"),
]
ABUSE: list[Line] = [
    (61, "torino libera", "Siete dei ladri e degli incapaci, vergogna"),
    (37, "mister x", "Buffoni, idioti, fate schifo"),
    (24, "anonimo 88", "L’operatrice Sara è una cretina"),
    (14, "Walter Bosio", "Ladri! Da tre settimane senza linea, mi rispondete o no, idioti?"),
]
NOISE: list[Line] = [
    (402, "guadagna facile", "Guadagna 500 euro al giorno da casa, scrivimi in privato!!!"),
    (27, "Pia Toso", "@Lella guarda"),
]
SAID: list[Line] = [*OFFER, *PRAISE, *MOVES, *BILLS, *CALLS, *ALONE, *ABUSE, *NOISE]
# Customers whose profile is known to us, and since how many days.
KNOWN: list[tuple[str, int]] = [
    ("Paolo Rinaldi", 200),
    ("Silvia Negri", 120),
    ("Anna Colombo", 310),
]
