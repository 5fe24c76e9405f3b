"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what is loaded now stays for good: walking it in every collection cost a third of a search
