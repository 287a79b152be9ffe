"""Policies of parties, one file each: what they demand (`concession`) and what they accept (`acceptance`).

A file has the formula, the settings with their legal ranges, and how it is said why a party demands or accepts what it
does. To add a policy, write its file, name it in the list of its kind, and test it. How a side makes an offer of what
its members demand, and what it believes of the others, is in `sim.parties`.
"""
