"""时限与颜色: the working-day calendar, rule sets, and the colours of anything that has a due day."""
