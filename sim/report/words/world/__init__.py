"""One world's moves put into words: verdicts, grounds, motives, what happened between meetings, what ended it all."""
