"""How one exercise gets from a submission's process to the one that judges it."""
