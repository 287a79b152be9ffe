"""Forecasts of outcomes from positions, backtests and calibration: models held against what happened."""
