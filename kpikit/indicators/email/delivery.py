"""Whether e-mails arrive, and who wants them: bounces, complaints, unsubscriptions and the growth of the list."""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SHARE

METRICS = {
    "emails_sent": N_("e-mails sent"),
    "emails_delivered": N_("e-mails delivered"),
    "email_hard_bounces": N_("e-mails to addresses that do not exist"),
    "unsubscribes": N_("unsubscriptions"),
    "spam_complaints": N_("spam complaints"),
    "new_subscribers": N_("new subscribers"),
    "lost_subscribers": N_("lost subscribers"),
    "subscribers_at_start": N_("subscribers at the start"),
}
"""What the metrics of these indicators are called in a formula. An e-mail is one message to one recipient, counted
once."""


@indicator(
    label=N_("E-mails sent"),
    unit=COUNT,
    better=NEITHER,
    usual=Use("PI", "department", "leading"),
    synonyms="mails sent, number of e-mails, send volume",
    da="antal udsendte mails, mailudsendelser, udsendte nyhedsbreve",
    nb="antall utsendte e-poster, e-postutsendelser, utsendte nyhetsbrev",
)
def sent(emails_sent: Any) -> Any:
    """Number of e-mails sent, one for each recipient of each mailing.

    Low: See whether a mailing was skipped or an automatic flow stopped; a broken trigger makes no noise.
    High: More mails mean more unsubscriptions later: set a limit for how many one person gets in a week.
    Mind: A larger list and a denser calendar look the same in this number; look at mails per subscriber too.
    Source: Mailchimp Help, About Email Campaign Reports
    """
    return emails_sent


@indicator(
    label=N_("Delivery rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="e-mail delivery rate, accepted rate, share of mails delivered",
    da="leveringsrate, andel leverede mails",
    nb="leveringsrate, andel leverte e-poster",
    identities=("1 - email.bounce_rate",),
)
def delivery_rate(emails_delivered: Any, emails_sent: Any) -> Any:
    """Share of the e-mails sent that the recipient's mail server accepted.

    Low: Remove dead addresses, check SPF, DKIM and DMARC, and see whether one provider refuses them all.
    High: The list is clean. Now look at what is opened: accepted mails can still lie in the spam folder.
    Mind: Delivered is not the inbox: a mail sorted as spam counts as delivered, in every platform.
    Source: RFC 5321 Simple Mail Transfer Protocol, section 4.2.1 Reply Code Severities and Theory
    """
    return share(emails_delivered, emails_sent)


@indicator(
    label=N_("E-mail bounce rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="bounced e-mails, undelivered mails, mail bounce rate",
    da="andel mails der kommer retur, bounce rate for mails",
    nb="andel e-poster i retur, bounce rate for e-post",
    identities=("1 - email.delivery_rate",),
)
def bounce_rate(emails_sent: Any, emails_delivered: Any) -> Any:
    """Share of the e-mails sent that came back undelivered, for good or for now.

    Low: Addresses are up to date. Keep asking for a confirmation of new ones, and the rate stays there.
    High: Find the form or the list that the bad addresses came from, and stop sending to it before you are blocked.
    Mind: Mails to full mailboxes and servers that are down come back too; only permanent failures speak of the list.
    Source: HubSpot Marketing Blog, Email Analytics: Bounce Rate
    """
    return share(emails_sent - emails_delivered, emails_sent)


@indicator(
    label=N_("Hard bounce rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="permanent bounces, invalid addresses, permanent failures",
    da="andel ugyldige mailadresser, permanente afvisninger",
    nb="andel ugyldige e-postadresser, permanente avvisninger",
)
def hard_bounce_rate(email_hard_bounces: Any, emails_sent: Any) -> Any:
    """Share of the e-mails sent that can never be delivered, because the address does not exist.

    Low: Sign-up works as it should; a yearly cleaning is enough, and no address should be bought in.
    High: Take the addresses off at once and ask for a confirmation at sign-up; typing errors show up in the domain.
    Mind: Most platforms remove an address after its first one, so the rate jumps with each old list brought in.
    Source: RFC 3463 Enhanced Mail System Status Codes, section 2 Status Code Structure: permanent failure
    """
    return share(email_hard_bounces, emails_sent)


@indicator(
    label=N_("Unsubscribe rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("KPI", "department", "leading"),
    synonyms="opt-out rate, unsubscription rate",
    da="afmeldingsrate, andel der afmelder sig, afmeldingsprocent, afmeldinger",
    nb="avmeldingsrate, andel som melder seg av, avmeldingsprosent, avmeldinger",
)
def unsubscribe_rate(unsubscribes: Any, emails_delivered: Any) -> Any:
    """Share of the delivered e-mails after which the recipient unsubscribed.

    Low: The content is relevant. See that the way out is easy to find, or people mark you as spam instead.
    High: The content is not relevant to them: send less often, divide by interest, and let people choose the subjects.
    Mind: Tired readers mostly stop opening instead of leaving, so a low rate is no proof of a happy list.
    Source: HubSpot Marketing Blog, Email Analytics: Unsubscribe Rate
    """
    return share(unsubscribes, emails_delivered)


@indicator(
    label=N_("Spam complaint rate"),
    unit=SHARE,
    better=LOWER,
    usual=Use("PI", "department", "leading"),
    synonyms="complaint rate, spam rate, abuse reports",
    da="andel spamklager, klagerate, spam",
    nb="andel spamklager, klagerate for e-post, søppelpost",
)
def complaint_rate(spam_complaints: Any, emails_delivered: Any) -> Any:
    """Share of the delivered e-mails that the recipient marked as spam.

    Low: Providers trust you. Protect that: no bought lists, and a welcome mail that says what will come.
    High: Stop the mailing, write only to those who clicked lately, and let people leave with one click.
    Mind: Gmail asks for less than 0.1%, and never 0.3%; it reports in its own tool only, so other figures are too low.
    Source: Google Workspace Admin Help, Email sender guidelines: spam rate
    """
    return share(spam_complaints, emails_delivered)


@indicator(
    label=N_("List growth rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="list growth, subscriber growth, e-mail list growth",
    da="listevækst, vækst i modtagerlisten, vækst i abonnenter, tilmeldinger til nyhedsbrevet",
    nb="listevekst, vekst i mottakerlisten, vekst i abonnenter, påmeldinger til nyhetsbrevet",
    between=(-1, math.inf),
)
def list_growth_rate(new_subscribers: Any, lost_subscribers: Any, subscribers_at_start: Any) -> Any:
    """New subscribers less lost ones in the period, as a share of the subscribers at its start.

    Low: Ask for the address where people are already interested: at checkout, after a download, at the counter.
    High: See whether the new ones open and click; a contest fills a list with people who want only the prize.
    Mind: Count bounced and complaining addresses as lost too; a list that is never cleaned always seems to grow.
    Source: HubSpot Marketing Blog, Email Analytics: List Growth Rate
    """
    return divide(new_subscribers - lost_subscribers, subscribers_at_start)
