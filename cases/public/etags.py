"""The ETag of pages: they are functions of the last seq of the record and of this release."""

import hashlib

from django.conf import settings

from cases.record.as_of import last_seq

RELEASE_FILES = ("casedb/**/*.py", "cases/**/*.py", "templates/public/**/*", "static/**/*", "locale/*/LC_MESSAGES/*.mo")


def _release() -> str:
    """Return a hash over what pages are made with, the same in every process of one deployment."""
    parts = [settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT, settings.CASEDB_TAKEDOWN_CONTACT]
    parts += [str(days) for days in (settings.CASEDB_CORRECTION_DAYS, settings.CASEDB_REPLY_DAYS)]
    parts.append(str(settings.CASEDB_SUBMISSION_DAYS))
    files = sorted(path for pattern in RELEASE_FILES for path in settings.BASE_DIR.glob(pattern) if path.is_file())
    parts += [f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


RELEASE = _release()


def etag() -> str:
    """Return the ETag of any page now. Weak: compression changes the bytes. One query."""
    return f'W/"{last_seq()}-{RELEASE}"'
