"""WHAT MAY HAPPEN: the only floor that writes to the database."""
