"""Notices (消息): inbox, preferences, delivery, receipts, and how much is asked of whom."""
