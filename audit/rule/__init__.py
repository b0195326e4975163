"""Rules: what a rule file says, how it is read, and the language its expectations are written in."""
