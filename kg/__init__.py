"""Fangzhi: official Chinese local news → linked data."""

__version__ = "0.1.0"
