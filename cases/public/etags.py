"""What a page is a function of: the record's last seq, and this release. Enough to answer a repeated visit."""

import hashlib

from django.conf import settings

from cases.record.lookup import last_seq

PARTS = ("casedb/**/*.py", "cases/**/*.py", "templates/public/**/*", "static/**/*", "locale/*/LC_MESSAGES/*.mo")


def _release() -> str:
    """A hash over what pages are made with, the same in every process of one deployment."""
    said = [settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT, settings.CASEDB_TAKEDOWN_CONTACT]
    said += [str(days) for days in (settings.CASEDB_CORRECTION_DAYS, settings.CASEDB_REPLY_DAYS)]
    said.append(str(settings.CASEDB_SUBMISSION_DAYS))
    files = sorted(path for pattern in PARTS for path in settings.BASE_DIR.glob(pattern) if path.is_file())
    said += [f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


RELEASE = _release()


def etag() -> str:
    """Weak: compression changes the bytes. One query."""
    return f'W/"{last_seq()}-{RELEASE}"'
