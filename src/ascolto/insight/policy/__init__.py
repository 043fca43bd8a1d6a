"""How figures are reckoned. Pure."""
