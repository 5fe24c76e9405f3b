"""One mail to one subscription, as text and as HTML, with the links and headers that end it."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cases.models import Subscription
from cases.public.language_urls import local
from cases.public.rendering import visible


def absolute(path: str) -> str:
    """Return the address, with host, of a path of the record in the language of the page."""
    return f"{settings.CASEDB_SITE_URL}{local(path)}"


def message(
    subscription: Subscription, token: str, template: str, context: Mapping[str, object]
) -> EmailMultiAlternatives:
    """Return a mail in the language of the page. The first line of the template's text is its subject."""
    end = absolute(f"/follow/end/{token}/")
    given = {**context, "end": end, "confirm": absolute(f"/follow/confirm/{token}/")}
    subject, _line, text = visible(render_to_string(f"public/follow/{template}.txt", given)).partition("\n")
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text.strip() + "\n",
        from_email=settings.CASEDB_MAIL_FROM,
        to=[subscription.address],
        headers={  # RFC 8058: mail programs show a button that ends it without a visit
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(visible(render_to_string(f"public/follow/{template}.html", given)), "text/html")
    return mail
