"""Pure functions between our data and the outside: words, dates, codes, files; the database is unknown here."""
