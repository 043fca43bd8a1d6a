from ascolto.knowledge.models.articles import (
    Article,
    ArticleDraft,
    FormerSlug,
    Topic,
    Version,
)
from ascolto.knowledge.models.drafting import DraftAsked, Drafter
from ascolto.knowledge.models.macros import Macro, Template
from ascolto.knowledge.models.worth import Use, Usefulness

__all__ = [
    "Article",
    "ArticleDraft",
    "DraftAsked",
    "Drafter",
    "FormerSlug",
    "Macro",
    "Template",
    "Topic",
    "Use",
    "Usefulness",
    "Version",
]
