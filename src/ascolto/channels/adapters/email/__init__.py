"""E-mail: IMAP in, SMTP out, and reading what a mail says."""
