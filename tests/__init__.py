"""Tests, and the tools that measure and print the built site."""
