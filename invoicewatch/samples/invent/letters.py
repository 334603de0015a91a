"""The running text of reminders and of letters that are no invoices."""

from __future__ import annotations

from collections.abc import Mapping

# Placeholders: number, date (the invoice reminded of), amount (then open), fee, due, sum (asked for now), name.
REMINDERS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Dear Sir or Madam,",
        "our invoice {number} dated {date} for {amount} has not been paid yet. You may have overlooked it.",
        "Please transfer {sum}, which includes a reminder fee of {fee}, by {due}.",
        "If your payment has crossed this letter, please disregard it.",
        "Yours faithfully",
        "{name}",
    ),
    "de": (
        "Sehr geehrte Damen und Herren,",
        "unsere Rechnung {number} vom {date} über {amount} ist bis heute nicht beglichen worden.",
        "Wir bitten Sie, den Betrag von {sum} einschließlich {fee} Mahngebühr bis {due} zu überweisen.",
        "Hat sich Ihre Zahlung mit diesem Schreiben überschnitten, betrachten Sie es bitte als gegenstandslos.",
        "Mit freundlichen Grüßen",
        "{name}",
    ),
    "fr": (
        "Madame, Monsieur,",
        "sauf erreur de notre part, la facture {number} du {date} d'un montant de {amount} reste impayée.",
        "Nous vous prions de régler {sum}, frais de rappel de {fee} compris, avant le {due}.",
        "Si votre règlement a été effectué entre-temps, veuillez ne pas tenir compte de ce courrier.",
        "Veuillez agréer nos salutations distinguées.",
        "{name}",
    ),
}

LETTERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        (
            "Change of our opening hours",
            "Dear customer,",
            (
                "from next month our counter is open from 8.30 to 17.00 on weekdays and until 12.30 on Saturdays. "
                "Our telephone line stays open as before. We look forward to your visit."
            ),
            "Kind regards",
            "{name}",
        ),
        (
            "Your enquiry about meeting rooms",
            "Dear {name},",
            (
                "thank you for your enquiry. Room 12 seats 24 people and has a projector; room 15 seats 60. "
                "Both are free on the days that you named. Please let us know within 14 days which one suits you."
            ),
            "Kind regards",
            "{name}",
        ),
    ),
    "de": (
        (
            "Änderung unserer Öffnungszeiten",
            "Sehr geehrte Kundin, sehr geehrter Kunde,",
            (
                "ab dem kommenden Monat ist unser Schalter werktags von 8.30 bis 17.00 Uhr und samstags bis 12.30 Uhr "
                "geöffnet. Telefonisch erreichen Sie uns wie gewohnt. Wir freuen uns auf Ihren Besuch."
            ),
            "Mit freundlichen Grüßen",
            "{name}",
        ),
        (
            "Ihr Mietvertrag, Änderung der Hausordnung",
            "Guten Tag {name},",
            (
                "die Eigentümerversammlung hat die Hausordnung in § 4 geändert. Die Ruhezeit beginnt nun um 21.30 Uhr. "
                "Die neue Fassung hängt im Treppenhaus aus und gilt für alle 36 Wohnungen."
            ),
            "Freundliche Grüße",
            "{name}",
        ),
    ),
    "fr": (
        (
            "Modification de nos horaires",
            "Chère cliente, cher client,",
            (
                "à partir du mois prochain notre accueil sera ouvert de 8 h 30 à 17 h 00 en semaine et jusqu'à 12 h 30 "
                "le samedi. Notre ligne téléphonique reste inchangée. Au plaisir de vous accueillir."
            ),
            "Cordialement",
            "{name}",
        ),
        (
            "Votre demande de renseignements",
            "Bonjour {name},",
            (
                "merci de votre demande. La salle 12 accueille 24 personnes, la salle 15 en accueille 60. "
                "Merci de nous indiquer votre choix sous 14 jours."
            ),
            "Bien cordialement",
            "{name}",
        ),
    ),
}
