"""WHAT IS: tables, their constraints, and a row's own questions."""
