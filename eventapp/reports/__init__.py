"""Read-only numbers and lists: what the organizers' pages and the audit show."""
