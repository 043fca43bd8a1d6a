"""A mail laid out in HTML, with pictures that live elsewhere: they stay blocked."""

NEWSLETTER_WORDS = (
    "Gentile cliente Alba,\nper voi una stampante in prova gratuita per trenta giorni. "
    "Rispondete a questo messaggio per il preventivo.\n\nUfficio Più"
)
NEWSLETTER = """\
<html><body style="margin:0;background:#f2f2f2">
<table width="600" align="center" cellpadding="0" cellspacing="0">
<tr><td><img src="https://immagini.ufficiopiu.example/testata.png" width="600" height="120"
 alt="Ufficio Più"></td></tr>
<tr><td style="padding:24px;background:#ffffff">
<h1 style="color:#884400">Trenta giorni di prova</h1>
<p>Gentile cliente Alba,</p>
<p>per voi una stampante in prova <b>gratuita</b> per trenta giorni.
<a href="https://ufficiopiu.example/prova?c=alba">Vedi i modelli</a></p>
<ul><li>Consegna in due giorni</li><li>Toner compreso</li></ul>
<p>Rispondete a questo messaggio per il preventivo.</p>
</td></tr></table>
<img src="https://traccia.ufficiopiu.example/aperto.gif?id=8841" width="1" height="1" alt="">
</body></html>
"""
