"""Telegram: a bot that customers write to, and groups in which it is named."""
