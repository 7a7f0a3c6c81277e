"""One function for each change: rule, transition, save, log, change row, mail after commit (house rule 2)."""
