from ascolto.knowledge.queries.macros import find_macros, visible_macros

__all__ = ["find_macros", "visible_macros"]
