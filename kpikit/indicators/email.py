"""E-mail: whether it arrives, is opened and clicked, what it brings, and how the list of recipients grows."""

import math
from typing import Any

from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE

METRICS = {
    "emails_sent": N_("e-mails sent"),
    "emails_delivered": N_("e-mails delivered"),
    "email_hard_bounces": N_("e-mails to addresses that do not exist"),
    "emails_opened": N_("e-mails opened"),
    "emails_clicked": N_("e-mails with a click"),
    "email_conversions": N_("conversions from e-mail"),
    "email_revenue": Amount(N_("revenue from e-mail")),
    "emails_forwarded": N_("e-mails forwarded or shared"),
    "unsubscribes": N_("unsubscriptions"),
    "spam_complaints": N_("spam complaints"),
    "new_subscribers": N_("new subscribers"),
    "lost_subscribers": N_("lost subscribers"),
    "subscribers_at_start": N_("subscribers at the start"),
}
"""What the metrics of this domain are called in a formula. An e-mail is one message to one recipient, counted once."""


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
    Source: HubSpot Marketing Blog, email analytics: Bounce Rate
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
    label=N_("Open rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="e-mail open rate, unique open rate, share of mails opened",
    da="åbningsrate, andel åbnede mails, åbningsprocent, åbningsrate for nyhedsbreve",
    nb="åpningsrate, andel åpnede e-poster, åpningsgrad, åpningsprosent, åpningsrate for nyhetsbrev",
)
def open_rate(emails_opened: Any, emails_delivered: Any) -> Any:
    """Share of the delivered e-mails that were opened, each counted once.

    Low: Test subject lines and the time of sending, and write the sender's name as people know it.
    High: The sender is welcome and the subject fits. Check that the content keeps the promise: do readers click?
    Mind: Since Apple's Mail Privacy Protection (2021) many mails open by themselves; clicks say more than this.
    Source: Mailchimp Help, About Open and Click Rates
    """
    return share(emails_opened, emails_delivered)


@indicator(
    label=N_("E-mail click-through rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "leading"),
    synonyms="e-mail CTR, e-mail click rate, unique click rate",
    da="klikrate i mails, andel mails med klik, klikprocent i mails, klikrate i nyhedsbreve",
    nb="klikkrate i e-post, andel e-poster med klikk, klikkprosent i e-post, klikkrate i nyhetsbrev",
    identities=("email.open_rate * email.click_to_open_rate",),
)
def click_through_rate(emails_clicked: Any, emails_delivered: Any) -> Any:
    """Share of the delivered e-mails in which the recipient clicked a link, each counted once.

    Low: One mail, one errand: put the most important link on top as a button, and say what waits behind it.
    High: The subject matters to readers. Send them to a page that goes on where the mail stops.
    Mind: Security filters at companies click every link; clicks within seconds of delivery are no readers.
    Source: HubSpot Marketing Blog, email analytics: Clickthrough Rate
    """
    return share(emails_clicked, emails_delivered)


@indicator(
    label=N_("Click-to-open rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="CTOR, clicks per open, click-to-open",
    da="klik i forhold til åbninger, klik pr. åbnet mail",
    nb="klikk i forhold til åpninger, klikk per åpnet e-post",
)
def click_to_open_rate(emails_clicked: Any, emails_opened: Any) -> Any:
    """Share of the opened e-mails in which a link was clicked.

    Low: The subject line promised something else than the mail contains, or the link drowns among pictures.
    High: Those who open find what they want; better subject lines now bring more than better content.
    Mind: Automatic openings lower it while the content is the same; compare only mailings read in similar programs.
    Source: Salesforce Developers, Object Reference: EmailContent, Click To Open Ratio
    """
    return share(emails_clicked, emails_opened)


@indicator(
    label=N_("E-mail conversion rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "campaign", "lagging"),
    synonyms="conversions per recipient, conversion rate of e-mails",
    da="konverteringsrate for mails, konverteringer pr. modtager",
    nb="konverteringsrate for e-post, konverteringer per mottaker",
    identities=("email.click_through_rate * email.click_conversion_rate",),
)
def conversion_rate(email_conversions: Any, emails_delivered: Any) -> Any:
    """Conversions per delivered e-mail: how many recipients click and then do the wanted action.

    Low: Follow the way from mail to receipt: do few click, or do those who click stop on the page?
    High: Offer and audience match. Make an automatic flow of it, so that new subscribers meet it as well.
    Mind: Who reads the mail and buys in the shop a day later is not in it, and one reader can convert several times.
    Source: HubSpot Marketing Blog, email analytics: Conversion Rate
    """
    return divide(email_conversions, emails_delivered)


@indicator(
    label=N_("Conversion rate after a click in an e-mail"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "lagging"),
    synonyms="conversions per e-mail click, post-click conversion rate of e-mails, conversions by click",
    da="konverteringsrate efter klik i en mail",
    nb="konverteringsrate etter klikk i en e-post",
    variant_of="conversion_rate",
)
def click_conversion_rate(email_conversions: Any, emails_clicked: Any) -> Any:
    """Conversions per e-mail with a click: how many of those who came to the page do the wanted action.

    Low: The landing page loses them: repeat the mail's picture and words there, and drop fields from the form.
    High: The page sells. What is missing is readers: work on subject line, link and list.
    Mind: Many times as high as the rate per recipient; say which of the two a target is set for.
    Source: Google Ads Help, Conversion rate: Definition (conversions by clicks, here of e-mails)
    """
    return divide(email_conversions, emails_clicked)


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
    Source: HubSpot Marketing Blog, email analytics: Unsubscribe Rate
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
    label=N_("Forward and share rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "campaign", "leading"),
    synonyms="forward/share rate, forward rate, e-mail sharing rate, e-mail forwarding rate",
    da="videresendelsesrate, andel videresendte mails",
    nb="videresendingsrate, andel videresendte e-poster",
)
def forward_rate(emails_forwarded: Any, emails_delivered: Any) -> Any:
    """Share of the delivered e-mails that the recipient sent on to others or shared.

    Low: Give one thing in each mail that a colleague would want: a checklist, a figure, an invitation for two.
    High: Readers find it valuable enough to lend their name; put a link to subscribe where the new readers see it.
    Mind: Only the platform's own button is counted; who presses forward in the mail program stays invisible.
    Source: HubSpot Marketing Blog, email analytics: Email Sharing/Forwarding Rate
    """
    return share(emails_forwarded, emails_delivered)


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
    Source: HubSpot Marketing Blog, email analytics: List Growth Rate
    """
    return divide(new_subscribers - lost_subscribers, subscribers_at_start)


@indicator(
    label=N_("Revenue per e-mail"),
    unit=MONEY,
    better=HIGHER,
    usual=Use("KPI", "department", "lagging"),
    synonyms="revenue per recipient, RPR, revenue per e-mail delivered, RPE",
    da="omsætning pr. mail, omsætning pr. modtager",
    nb="omsetning per e-post, omsetning per mottaker",
)
def revenue_per_email(email_revenue: Any, emails_delivered: Any) -> Any:
    """Revenue from e-mail per delivered e-mail.

    Low: Write to fewer with more to the point: what they bought, looked at or asked about decides the content.
    High: See which mailings carry it; cart reminders and welcome mails often earn ten times what a newsletter does.
    Mind: Platforms claim every order within days of an opening or a click; that window decides the amount.
    Source: Klaviyo Help Center, Understanding email metrics: Revenue per recipient
    """
    return divide(email_revenue, emails_delivered)
