"""Copy to config.py beside this file; the environment (EVENTAPP_...) wins over it.

`python3 app.py` writes config.py with fresh keys by itself.
"""

# Signs the browser's cookies. At least 32 characters.
SECRET_KEY = "change me"

# Makes the personal links. Keep it apart from database backups; a new one ends every link.
LINK_KEY = "change me too"

# Where people reach the app from outside; links and QR codes carry it.
# BASE_URL = "https://day.example"

# SQLite in this folder unless set.
# DATABASE_URL = "postgresql://user:password@127.0.0.1/partnersday"

# file: keeps letters as .eml under outbox/; or smtp://user:password@host:587
# MAIL_URL = "file:"

# How many proxies in front may be believed about the client's address, e.g. "1" behind nginx.
# TRUSTED_PROXIES = "1"
