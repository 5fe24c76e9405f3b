"""How a process that analyzes documents starts. Imports no model: it is unpickled before Django is set up."""

import gc
import os
import signal
from multiprocessing import parent_process
from threading import Thread

import django


def start_process() -> None:
    """Set Django up, leave an interruption to the parent, and end with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    gc.disable()  # documents are trees: the collector would walk them over and over, and free nothing


def _end_with_parent() -> None:
    """Exit when the parent was killed: the pool's queue would be waited for, and memory held, for good."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
