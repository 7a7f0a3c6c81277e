"""From findings in an order to a policy brief: what it needs, what it says, what describes its output."""
