"""The version of the program, which manifests record."""

VERSION = "0.1.0"
