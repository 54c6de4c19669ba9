"""Faces: a request or a command comes in, words go out."""
