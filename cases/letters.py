"""Letters as accessible PDF: one for each recipient, with its own address and nothing of anybody else's."""

from django.template.loader import render_to_string

from cases import words
from cases.models import Notice


def letter_pdf(notice: Notice, on: str) -> bytes:
    """Tagged for screen readers (PDF/UA), with a title and a language. Nothing is fetched from anywhere."""
    from weasyprint import HTML  # a slow import, paid by those who print letters

    one = notice.relationship
    html = render_to_string(
        "letters/letter.jinja",
        {
            "authority": notice.authority,
            "name": notice.to_whom.split(", ")[0],
            "address": one.address.splitlines() if one else [],
            "reference": notice.subject,
            "text": notice.text.split("\n\n") if notice.text else [],
            "on": on,
        },
    )
    pdf: bytes = HTML(string=html, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _refuse(url: str) -> dict[str, str]:
    raise ValueError(f"A letter fetches nothing: {words.label(url)}")
