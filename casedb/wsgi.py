"""The site as a WSGI application."""

import gc
import os

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from casedb.connections import close_dead, limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
connection_created.connect(limit_statements)  # here, so that commands may take their time
request_started.connect(close_dead)
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what is loaded now stays for good: walking it in every collection cost a third of a search
