"""Meta: comments of a Facebook page, Instagram, Messenger and the WhatsApp Cloud API."""
