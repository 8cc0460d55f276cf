"""Video and sound in the decoder worker: for now each is named and kept, without a preview."""

from collections.abc import Mapping

from desktop.media.description_wire import facts_of
from desktop.media.notes import no_preview_for
from desktop.media.true_type import HEAD, true_type
from desktop.media.worker_file import WorkerFile
from desktop.media.worker_messages import Message
from desktop.records.facts.clinical_image import Description


def describe_film(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """The description of a video or sound recording and, where there is one, its thumbnail; with
    the facts of `decoding.describe`."""
    found = true_type(file.head(HEAD))
    said = Description(kind=found.kind, media_type=found.media_type, note=no_preview_for(found))
    return Message(facts=facts_of(said))


def preview_film(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """One JPEG that stands for the film, as of `decoding.preview`; no bytes where there is none."""
    return Message(facts={})


def film_for_paper(file: WorkerFile, facts: Mapping[str, object]) -> Message:
    """One picture for paper, as of `decoding.for_paper`; no bytes where there is none."""
    return Message(facts={})
