from ascolto.knowledge.services.drafts import keep_draft, throw_draft
from ascolto.knowledge.services.macros import count_use
from ascolto.knowledge.services.worth import Source, judge, record_uses

__all__ = ["Source", "count_use", "judge", "keep_draft", "record_uses", "throw_draft"]
