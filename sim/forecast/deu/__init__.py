"""Decisions of the European Union, 1999 to 2019: the DEU III data, the Council's votes, how models did."""
