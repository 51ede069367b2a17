"""What recipients do with an e-mail, and what that brings."""

from typing import Any

from kpikit.indicators.framework import HIGHER, Use, indicator
from kpikit.indicators.inputs import Amount, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import MONEY, SHARE

METRICS = {
    "emails_delivered": N_("e-mails delivered"),
    "emails_opened": N_("e-mails opened"),
    "emails_clicked": N_("e-mails with a click"),
    "email_conversions": N_("conversions from e-mail"),
    "email_revenue": Amount(N_("revenue from e-mail")),
    "emails_forwarded": N_("e-mails forwarded or shared"),
}
"""What the metrics of these indicators are called in a formula. An e-mail is one message to one recipient, counted
once."""


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
    Source: HubSpot Marketing Blog, Email Analytics: Clickthrough Rate
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
    Source: HubSpot Marketing Blog, Email Analytics: Conversion Rate
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
    Source: HubSpot Marketing Blog, Email Analytics: Email Sharing/Forwarding Rate
    """
    return share(emails_forwarded, emails_delivered)


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
    Source: Klaviyo Help Center, How to calculate revenue per recipient (here per delivered e-mail)
    """
    return divide(email_revenue, emails_delivered)
