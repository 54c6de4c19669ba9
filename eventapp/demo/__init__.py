"""A full Partners Day to play with: the 2017 day, told through the rules on its own dates."""
