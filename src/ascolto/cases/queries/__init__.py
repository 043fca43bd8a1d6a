"""What the desk may see of cases."""
