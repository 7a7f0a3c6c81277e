"""Who reviews what, as pure functions: nothing here knows of Django or the database.

The same papers, experts, conflicts and seed give the same plan, in whatever order they come.
"""

from conferences.assigning.parts import Choice, Expert, Gap, Paper, Plan, Reason
from conferences.assigning.planning import plan

__all__ = ["Choice", "Expert", "Gap", "Paper", "Plan", "Reason", "plan"]
