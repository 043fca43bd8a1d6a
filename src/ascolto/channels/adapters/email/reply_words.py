"""What mail programs write above a quoted mail, language by language. Data only."""

FROM, SENT, TO, COPY, SUBJECT, OTHER = "from", "sent", "to", "copy", "subject", "other"

_LABELS = {
    FROM: (
        "from", "da", "von", "de", "van", "od", "fra", "från", "lähettäjä", "от", "від",
        "від кого", "от кого", "发件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람",
        "보낸사람", "kimden",
        "gönderen", "feladó", "odesílatel", "odosielateľ", "expeditor", "de la", "από", "מאת",
        "remetente", "expéditeur", "mittente", "absender", "afzender", "avsändare", "afsender",
        "avsender",
    ),
    SENT: (
        "sent", "date", "inviato", "inviata", "data", "gesendet", "datum", "envoyé", "envoyé le",
        "date d'envoi", "enviado", "enviado el", "enviada", "enviada em", "enviado em", "fecha",
        "verzonden", "wysłano", "data wysłania", "sendt", "dato", "skickat", "skickades",
        "lähetetty", "päivämäärä", "päiväys", "отправлено", "дата", "надіслано", "发送时间",
        "日期",
        "发送日期", "傳送時間", "寄件日期", "送信日時", "日付", "日時", "날짜", "보낸 날짜",
        "gönderildi",
        "gönderme tarihi", "tarih", "elküldve", "dátum", "odesláno", "odoslané", "trimis",
        "ημερομηνία", "στάλθηκε", "נשלח", "sendt dato",
    ),
    TO: (
        "to", "a", "an", "à", "para", "aan", "do", "til", "till", "vastaanottaja", "кому",
        "收件人",
        "收件者", "宛先", "받는 사람", "받는사람", "kime", "alıcı", "címzett", "komu", "către",
        "προς", "אל",
        "pour", "per", "destinatario", "empfänger", "destinataire",
    ),
    COPY: (
        "cc", "ccn", "bcc", "kopie", "kopia", "kopi", "copia", "cópia", "c/c", "dw", "копия",
        "копія", "抄送", "副本", "참조", "másolat", "kopio", "bilgi", "κοιν",
    ),
    SUBJECT: (
        "subject", "oggetto", "betreff", "objet", "sujet", "asunto", "assunto", "onderwerp",
        "temat", "emne", "ämne", "aihe", "тема", "主题", "主題", "主旨", "件名", "제목", "konu",
        "tárgy",
        "předmět", "predmet", "subiect", "θέμα", "נושא",
    ),
    OTHER: (
        "reply-to", "reply to", "risposta", "rispondi a", "antwort an", "répondre à",
        "responder a", "responder para", "antwoord aan", "odpowiedź do", "attachments",
        "allegati", "anlagen", "anhänge", "pièces jointes", "adjuntos", "anexos", "bijlagen",
        "importance", "priorità", "wichtigkeit", "mailed-by", "organization", "organizzazione",
        "resent-from", "message-id", "newsgroups", "категории", "вложения", "per conto di",
        "svar til", "antwort",
    ),
}  # fmt: skip
LABELS = {label: kind for kind, listed in _LABELS.items() for label in listed}

# "… wrote:". Words that end an attribution line.
_VERBS = (
    "wrote", "writes", "has written", "said", "a écrit", "a ecrit", "écrivait", "ha scritto",
    "scrive", "scrisse", "scriveva", "ha scritto quanto segue", "schrieb", "schrieb folgendes",
    "hat geschrieben", "geschrieben", "escribió", "escribio", "ha escrito", "va escriure",
    "escreveu", "het volgende geschreven", "schreef het volgende", "schreef", "geschreven",
    "napisał(a)", "napisał", "napisała", "napisal(a)", "napisal", "napisala", "napísal(a)",
    "napísal", "napísala", "napsal(a)", "napsal", "napsala", "เขียนว่า", "เขียน", "كتبت",
    "pisze", "skrev", "skrev følgende", "skrev följande", "kirjoitti",
    "skrifaði", "написал", "написала", "написал(а)", "написав", "написала(-в)", "пишет", "пише",
    "пишет вам", "написав(ла)", "писал", "писала", "написа", "写道", "寫道", "書きました",
    "のメール",
    "님이 작성", "작성", "şunu yazdı", "yazdı", "a scris", "ezt írta", "írta", "έγραψε", "כתב",
    "כתבה",
    "كتب", "viết", "đã viết", "menulis", "rakstīja", "rašė", "kirjutas", "je napisao",
    "je napisal", "je pisal", "napisao je", "napisao",
)  # fmt: skip
VERBS = sorted(_VERBS, key=len, reverse=True)

# What may stand at the start of such a line, before the date.
_OPENERS = (
    "on", "le", "il", "il giorno", "in data", "am", "el", "em", "op", "dnia", "w dniu", "den",
    "d.", "dne", "dňa", "v", "вт", "в", "на", "у", "в сообщении от", "at", "a", "pe", "ke", "to",
    "ti", "ma", "la", "lo", "su", "am um", "在", "于", "於", "de", "data", "da", "tarihinde",
    "στις", "στην", "ב-", "vào", "pada", "pada tanggal", "dia", "no dia", "el día", "le jour",
    "den dag", "o", "u", "för", "date", "datum",
)  # fmt: skip
OPENERS = sorted(_OPENERS, key=len, reverse=True)

WEEKDAYS = (
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer", "gio", "ven", "sab",
    "dom", "mo", "di", "mi", "do", "fr", "sa", "so", "jeu", "sam", "dim", "mié", "jue", "vie",
    "sáb", "seg", "ter", "qua", "qui", "sex", "maa", "din", "woe", "don", "vri", "zat", "zon",
    "pon", "wto", "śro", "czw", "pią", "sob", "nie", "man", "tir", "ons", "tor", "fre", "lør",
    "søn", "mån", "tis", "lör", "sön", "ti", "ke", "to", "pe", "la", "su", "ma", "пн", "вт",
    "ср", "чт", "пт", "сб", "вс", "нд", "пон", "вто", "сре", "чет", "пят", "суб", "вос", "нед",
)  # fmt: skip

# Between dashes, above a quoted or a forwarded mail.
ORIGINALS = frozenset({
    "alkuperäinen viesti", "anfang der weitergeleiteten nachricht", "begin doorgestuurd bericht",
    "begin forwarded message", "courriel original", "doorgestuurd bericht",
    "début du message réexpédié", "début du message transféré", "eredeti üzenet",
    "forwarded mail", "forwarded message", "iletilen mesaj", "inicio del mensaje reenviado",
    "inizio messaggio inoltrato", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "izvorna poruka", "mail originale",
    "mensagem encaminhada", "mensagem original", "mensagem reencaminhada", "mensaje original",
    "mensaje reenviado", "mesaj original", "mesaj redirecționat", "message d'origine",
    "message original", "message transféré", "message transmis", "messaggio inoltrato",
    "messaggio originale", "messaggio originario", "oorspronkelijk bericht",
    "opprinnelig melding", "oprindelig besked", "oprindelig meddelelse", "original appointment",
    "original email", "original mail", "original message", "original-nachricht",
    "originalmeddelande", "originalnachricht", "origineel bericht", "orijinal mesaj",
    "oryginalna wiadomość", "początek przekazanej wiadomości", "preposlaná správa",
    "proslijeđena poruka", "przekazana wiadomość", "pôvodná správa", "přeposlaná zpráva",
    "původní zpráva", "reply message", "továbbított üzenet", "ursprungligt meddelande",
    "ursprüngliche mail", "ursprüngliche nachricht", "vidarebefordrat brev",
    "vidarebefordrat meddelande", "videresendt besked", "videresendt meddelelse",
    "videresendt melding", "välitetty viesti", "weitergeleitete nachricht",
    "wiadomość oryginalna", "wiadomość przekazana", "yönlendirilmiş mesaj", "özgün ileti",
    "αρχικό μήνυμα", "προωθημένο μήνυμα", "исходное сообщение",
    "начало переадресованного сообщения", "оригинальное сообщение", "оригінальне повідомлення",
    "перенаправленное сообщение", "переслане повідомлення", "пересланий лист",
    "пересланное сообщение", "пересылаемое сообщение", "הודעה מקורית", "オリジナルメッセージ",
    "元のメッセージ",
    "原始邮件", "原始郵件", "回复的原邮件", "転送されたメッセージ", "転送メッセージ",
    "轉寄郵件", "转发的邮件", "转发邮件", "邮件原件", "원본 메시지",
    "원본메일", "전달된 메시지",
})  # fmt: skip

# The same, followed by a name and a date (Lotus Notes).
PASSED_ON = (
    "forwarded by", "inoltrato da", "weitergeleitet von", "transféré par", "réacheminé par",
    "reenviado por", "encaminhado por", "doorgestuurd door",
)  # fmt: skip

SENT_FROM = (
    "sent from", "sent via", "sent with", "sent using", "get outlook for", "inviato da",
    "inviata da", "inviato dal", "inviato con", "scarica outlook per", "ottieni outlook per",
    "gesendet von", "gesendet mit", "von meinem", "diese nachricht wurde von",
    "holen sie sich outlook", "outlook für", "envoyé de", "envoyé depuis", "envoyé à partir",
    "envoyé avec", "télécharger outlook", "obtenez outlook", "enviado desde", "enviado de",
    "enviado do", "enviado con", "enviado a partir", "enviado através", "enviado via",
    "obtener outlook", "obter o outlook", "descargar outlook", "verzonden vanaf",
    "verstuurd vanaf", "verzonden met", "verstuurd met", "verzonden via", "outlook voor",
    "wysłano z", "wysłane z", "wysłany z", "sendt fra", "skickat från", "skickat från min",
    "lähetetty", "отправлено с", "отправлено из", "отправлено от", "надіслано з",
    "відправлено з", "发自我的", "發自我的", "从我的", "iphoneから送信", "ipadから送信",
    "나의 iphone",
    "iphone'umdan", "iphone’umdan gönderildi", "küldve", "odesláno z", "odoslané z",
    "trimis de pe", "trimis din", "στάλθηκε από", "nosūtīts no", "outlook til", "hent outlook",
    "hämta outlook",
)  # fmt: skip

DEVICES = (
    "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "blackberry", "huawei", "xiaomi",
    "redmi", "nokia", "lumia", "windows phone", "windows", "outlook", "gmail", "yahoo", "aol",
    "libero", "virgilio", "tiscali", "proton", "k-9", "sparrow", "mailbird", "thunderbird",
    "mobile", "mobil", "handy", "telefono", "téléphone", "teléfono", "telefon", "telefoon",
    "phone", "smartphone", "tablet", "cellulare", "móvil", "celular", "apple", "mac", "mail",
    "e-mail", "email", "app", "posta", "laptop", "correo", "web.de", "gmx", "t-mobile",
    "verizon", "vodafone", "tim", "wind", "tre", "orange", "sony", "xperia", "htc", "motorola",
    "lg", "oneplus", "pixel", "pixels", "оператор", "почты", "телефона", "устройства",
    "мобильного", "手机", "아이폰",
)  # fmt: skip

REPLY_ABOVE = (
    "reply above this line", "type your reply above", "write above this line",
    "scrivi la risposta sopra", "scrivi sopra questa", "rispondi sopra questa",
    "rispondere sopra questa", "antworten sie oberhalb", "antwort oberhalb dieser",
    "über dieser zeile", "répondre au-dessus de cette", "répondez au-dessus",
    "responda por encima de", "escriba por encima de esta", "responda acima desta",
    "antwoord boven deze",
)  # fmt: skip
