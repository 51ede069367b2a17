"""Satisfaction: what customers say in surveys and reviews.

The figures come from counts of answers or from their mean, all answers of the period together.
"""

from typing import Any

from kpikit.indicators.framework import HIGHER, Use, indicator
from kpikit.indicators.inputs import Figure, share
from kpikit.words.formula import divide
from kpikit.words.texts import N_
from kpikit.words.units import SCORE, SHARE

METRICS = {
    "satisfied_respondents": N_("satisfied respondents"),
    "satisfaction_respondents": N_("respondents asked about satisfaction"),
    "satisfaction_score": Figure(N_("mean satisfaction score"), 0, 100, usual=10),
    "promoters": N_("promoters"),
    "passives": N_("passives"),
    "detractors": N_("detractors"),
    "effort_score": Figure(N_("mean ease score"), 1, 7),
    "easy_respondents": N_("respondents who found it easy"),
    "effort_respondents": N_("respondents asked how easy it was"),
    "review_rating": Figure(N_("mean rating in reviews"), 1, 5),
    "survey_answers": N_("answered surveys"),
    "survey_invitations": N_("survey invitations"),
}
"""What the metrics of this domain are called in a formula."""


@indicator(
    label=N_("Customer satisfaction"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="CSAT, CSS, customer satisfaction score, share of satisfied customers",
    da="CSAT-score, andel tilfredse kunder",
    nb="CSAT-score, andel fornøyde kunder",
    survey=True,
)
def csat(satisfied_respondents: Any, satisfaction_respondents: Any) -> Any:
    """Share of the respondents who are satisfied: 4 or 5 on a scale of five.

    Low: Read the comments of the dissatisfied of one week, and call five of them; the same two causes come back.
    High: Use their words in marketing, and see which team or channel lies above the rest and why.
    Mind: Only those who answer are heard, often the very pleased and the very angry; under 30 answers it jumps.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Customer Satisfaction and Willingness to Recommend
    """
    return share(satisfied_respondents, satisfaction_respondents)


@indicator(
    label=N_("Average satisfaction score"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("PI", "department", "lagging"),
    synonyms="mean CSAT, mean satisfaction",
    da="tilfredshedsscore, tilfredshedsgennemsnit",
    nb="tilfredshetsscore, snittscore for tilfredshet",
    variant_of="csat",
    survey=True,
)
def average_satisfaction(satisfaction_score: Any) -> Any:
    """Mean of the answers about satisfaction, on the scale of the survey.

    Low: Look at how the answers are spread: many middling ones ask for a better product, some bad ones for repair.
    High: Near the top of the scale little can rise; follow the share of low answers instead.
    Mind: Scales of 5, 7 and 10 do not compare, and neither do surveys that ask at different moments.
    Source: Farris et al., Marketing Metrics (2nd ed.), chapter 2, Customer Satisfaction and Willingness to Recommend
    (ratings on a scale)
    """
    return satisfaction_score


@indicator(
    label=N_("Net Promoter Score"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "leading"),
    synonyms="NPS, likelihood to recommend, willingness to recommend",
    da="NPS-score, anbefalingsvillighed",
    nb="NPS-score, anbefalingsvilje",
    survey=True,
    between=(-100, 100),
)
def nps(promoters: Any, passives: Any, detractors: Any) -> Any:
    """Percentage of promoters (9 or 10) less percentage of detractors (0 to 6), from -100 to 100.

    Low: Call detractors within two days, mend what they name, and ask the passives what a ten would have needed.
    High: Ask promoters for a review or a reference now; goodwill that is not asked for helps nobody.
    Mind: With 200 answers the margin of error is about ten points, so most changes between months are chance.
    Source: Reichheld, The One Number You Need to Grow, Harvard Business Review (December 2003)
    """
    return divide(100 * (promoters - detractors), promoters + passives + detractors)


@indicator(
    label=N_("Customer Effort Score"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="CES, ease score, customer effort",
    da="CES-score, oplevet nemhed",
    nb="CES-score, opplevd enkelhet",
    survey=True,
)
def ces(effort_score: Any) -> Any:
    """Mean agreement with "the company made it easy for me to handle my issue", from 1 to 7.

    Low: Count how often a customer must repeat the story, wait or change channel, and take one such step away.
    High: Easy service keeps customers; carry the way over to those topics that still take several contacts.
    Mind: The first version asked for effort, where low was good; check which question the survey has.
    Source: Dixon et al., The Effortless Experience, chapter 6, The Disloyalty Detector: Customer Effort Score v2.0
    """
    return effort_score


@indicator(
    label=N_("Low-effort share"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("KPI", "department", "leading"),
    synonyms="share of customers who found it easy, CES top-box, CES in percent",
    da="lav kundeindsats, CES i procent",
    nb="lav kundeinnsats, CES i prosent",
    variant_of="ces",
    survey=True,
)
def low_effort_share(easy_respondents: Any, effort_respondents: Any) -> Any:
    """Share of the respondents who agree that it was easy to handle their issue: 5, 6 or 7 on a scale of seven.

    Low: Take the topics with the most answers below 5 and remove one step in each: a form, a transfer, a second login.
    High: Ask those below 5 what was hard; they are few now, and their issues are mostly the rare and tangled ones.
    Mind: It does not tell a 5 from a 7, so an improvement for those who agreed already shows only in the mean.
    Source: Gartner, What's Your Customer Effort Score?, those who at least somewhat agree
    """
    return share(easy_respondents, effort_respondents)


@indicator(
    label=N_("Average review rating"),
    unit=SCORE,
    better=HIGHER,
    usual=Use("KPI", "organisation", "lagging"),
    synonyms="review rating, star rating, Trustpilot score",
    da="anmeldelsesscore, stjerner i anmeldelser",
    nb="omtalescore, stjerner i omtaler",
    survey=True,
)
def review_rating(review_rating: Any) -> Any:
    """Mean number of stars in the reviews of the period.

    Low: Answer each bad review in public with what was done; readers judge the answer more than the complaint.
    High: Show the stars where people decide, and keep asking all customers, not only the pleased.
    Mind: A campaign for reviews lifts it for a while; review sites weight old ones, so their figure differs.
    Source: Schema.org, AggregateRating: the average rating based on multiple ratings or reviews
    """
    return review_rating


@indicator(
    label=N_("Survey response rate"),
    unit=SHARE,
    better=HIGHER,
    usual=Use("PI", "department", "leading"),
    synonyms="response rate of the survey, share who answer",
    da="svarprocent, besvarelsesprocent",
    nb="svarprosent, besvarelsesprosent",
)
def survey_response_rate(survey_answers: Any, survey_invitations: Any) -> Any:
    """Share of the invited who answered the survey.

    Low: Ask one question in the message itself, soon after the contact, and say what the last answers changed.
    High: The voices stand for many. Ask less often, to keep it so, and report back what you did.
    Mind: When it changes, so does who is heard; a satisfaction that rises while it falls may be no improvement.
    Source: AAPOR, Standard Definitions, Response Rates
    """
    return share(survey_answers, survey_invitations)
