"""The talks themselves: the SimPy calendar, meetings and their protocols, events, what is recorded.

One event loop, many worlds: every process acts on a cohort, the worlds that meet on that day.
"""
