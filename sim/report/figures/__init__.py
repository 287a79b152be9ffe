"""Figures: each drawn by one function from data and axes, saved as SVG, and as what else is asked for."""
