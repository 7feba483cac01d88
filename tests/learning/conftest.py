"""The stage for tests of learning."""

import pytest
from tests.programmes.stage import Stage, build

from ortoo.kernel.actor import SYSTEM
from ortoo.learning.domain.curriculum import ModuleDraft, set_curriculum
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.programmes.domain.programme import open_programme


@pytest.fixture
def stage(db: None) -> Stage:
    """An open rotation with three modules and forty hours; all three people said what they lack."""
    stage = build()
    open_programme(stage.programme, by=SYSTEM)
    said = (["写作", "处置"], ["写作", "摄影"], [])
    drafts = [NominationDraft(person, needs=needs) for person, needs in zip(stage.persons.values(), said, strict=True)]
    nominate(stage.programme, drafts, by=SYSTEM)
    modules = [ModuleDraft("写作", 4), ModuleDraft("处置", 2), ModuleDraft("调研")]
    set_curriculum(stage.programme, 40, modules, by=SYSTEM)
    return stage
