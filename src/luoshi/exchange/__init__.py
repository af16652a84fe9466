"""数据交换: other systems follow the ledger: feed, webhooks, calendars."""
