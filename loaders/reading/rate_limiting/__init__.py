"""Calls to a model: quota, money, failures."""
