"""Alba Telefonia, a company of fiction to try Ascolto out with. Nothing ever leaves it."""
