"""Who writes to us: customers and the identities by which they are recognised."""
