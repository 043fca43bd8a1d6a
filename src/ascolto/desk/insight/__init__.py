"""The figures: how long people wait, and where care fails. For those who lead."""
