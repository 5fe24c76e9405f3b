"""The site as a WSGI application."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
django.setup(set_prefix=False)

from .connections import look_after  # noqa: E402
from .handler import Handler  # noqa: E402

look_after()  # here, so that commands may take their time
application = Handler()
gc.collect()
gc.freeze()  # what is loaded now stays for good: walking it in every collection cost a third of a search
