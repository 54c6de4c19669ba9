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

# KakaoTalk's Alimtalk for some letters first, mail where it is not taken; off unless set. file: lays JSON files.
# A template id for each kind: invitation, pass, promoted, placed. Gaps: #{이름} #{회사} #{행사} #{날짜} #{장소} #{링크}
# ALIMTALK_URL = "https://KEY:SECRET@api.solapi.com?pfId=KA01PF...&from=0212345678&pass=KA01TP..."

# How many proxies in front may be believed about the client's address, e.g. "1" behind nginx.
# TRUSTED_PROXIES = "1"
