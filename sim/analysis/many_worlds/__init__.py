"""The same exact question in many worlds at once: is there a zone of agreement, and whose limits alone prevent one?"""
