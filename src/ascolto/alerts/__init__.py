"""Who must know now, by which way, and who takes it."""
