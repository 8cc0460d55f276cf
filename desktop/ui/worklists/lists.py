"""Which lists the room has, in their order: another one is a file of its own and a line here."""

from collections.abc import Sequence

from desktop.ui.parts.asking import AskPath
from desktop.ui.parts.background import Background
from desktop.ui.worklists.advice_awaited import AdviceAwaited
from desktop.ui.worklists.breach_records import BreachRecords
from desktop.ui.worklists.consent_outstanding import ConsentOutstanding
from desktop.ui.worklists.from_others import FromOthers
from desktop.ui.worklists.not_cleared import NotCleared
from desktop.ui.worklists.not_filed import NotFiled
from desktop.ui.worklists.not_in_chart import NotInChart
from desktop.ui.worklists.retention_due import RetentionDue
from desktop.ui.worklists.verbs import WorklistsVerbs
from desktop.ui.worklists.worklist import Worklist


def all_lists(*, background: Background, verbs: WorklistsVerbs, ask: AskPath) -> Sequence[Worklist]:
    """Every worklist, built and not yet loaded."""
    return (
        RetentionDue(background=background, verbs=verbs.retention, ask=ask),
        NotCleared(background=background, verbs=verbs.uncleared, ask=ask),
        NotFiled(background=background, verbs=verbs.unfiled),
        NotInChart(background=background, verbs=verbs.sheets, ask=ask),
        ConsentOutstanding(background=background, verbs=verbs.forms),
        AdviceAwaited(background=background, verbs=verbs.advice),
        FromOthers(background=background, verbs=verbs.from_others, ask=ask),
        BreachRecords(background=background, verbs=verbs.uncleared.breaches, ask=ask),
    )
