"""The migrations: one file a revision in ``versions``, applied in the order of their names."""
