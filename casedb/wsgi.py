"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from casedb.connections import look_after

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
look_after()  # here, so that commands may take their time
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what is loaded now stays for good: walking it in every collection cost a third of a search
