"""The WSGI application of the site."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from .connections import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
application = get_wsgi_application()
connection_created.connect(limit_statements)  # here, so that commands may take their time
gc.collect()
gc.freeze()  # what is loaded now stays for good: walking it in every collection cost a third of a search
